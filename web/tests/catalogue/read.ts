/** The catalogue as it lies in the repository. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LANGUAGES } from '../../src/i18n/languages'

export const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = join(ROOT, 'src/xiaoer/catalogue')

export type Sentences = Readonly<Record<string, string>>

export function domains(): string[] {
  return readdirSync(join(FOLDER, LANGUAGES[0]))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace(/\.json$/, ''))
    .toSorted()
}

export function sentences(language: string, domain: string): Sentences {
  try {
    return JSON.parse(readFileSync(join(FOLDER, language, `${domain}.json`), 'utf8')) as Sentences
  } catch {
    return {}
  }
}

const PLURAL = /_(zero|one|two|few|many|other)$/

/** `unread_other` → `unread`, when the file also says `unread_other`; other keys stay as they are. */
export function baseOf(key: string, file: Sentences): string {
  const base = key.replace(PLURAL, '')
  return base !== key && `${base}_other` in file ? base : key
}

export function categoryOf(key: string, file: Sentences): string | null {
  return baseOf(key, file) === key ? null : (PLURAL.exec(key)?.[1] ?? null)
}

export function placeholders(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{\{\s*-?\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] ?? ''))].toSorted()
}

/** The placeholders of all forms of a key together. */
export function placeholdersOf(base: string, file: Sentences): Set<string> {
  const forms = Object.keys(file).filter((key) => baseOf(key, file) === base)
  return new Set(forms.flatMap((key) => placeholders(file[key] ?? '')))
}
