import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../src/i18n/languages'
import { resourceTypes } from '../../tools/resources.mjs'
import { baseOf, categoryOf, domains, placeholders, placeholdersOf, ROOT, sentences } from './read'
import { findUsages, sourceFiles, type Usage } from './usages'

const CHINESE = LANGUAGES[0]
const catalogue = new Map(domains().map((domain) => [domain, sentences(CHINESE, domain)]))
const pages = findUsages([...sourceFiles(join(ROOT, 'web/src')), ...sourceFiles(join(ROOT, 'web/apps'))], ROOT)
/** Options of i18next that fill no placeholder of their own. */
const NO_PLACEHOLDERS = new Set(['ns', 'lng', 'defaultValue', 'context', 'ordinal'])

function fits(usage: Usage, key: string): boolean {
  const [head = '', ...rest] = usage.pieces
  if (rest.length === 0) return key === head
  const last = rest.at(-1) ?? ''
  if (!key.startsWith(head) || !key.endsWith(last)) return false
  let from = head.length
  for (const piece of rest) {
    from = key.indexOf(piece, from)
    if (from < 0) return false
    from += piece.length
  }
  return true
}

/** The keys a usage can mean: what is filled in holds no dot, unless nothing else fits. */
function keysFor(usage: Usage): string[] {
  const file = catalogue.get(usage.domain) ?? {}
  const fitting = [...new Set(Object.keys(file).map((key) => baseOf(key, file)))].filter((key) => fits(usage, key))
  const dots = usage.pieces.join('').split('.').length
  const near = fitting.filter((key) => key.split('.').length === dots)
  return near.length > 0 ? near : fitting
}

function serverText(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(py|toml|sql)$/.test(entry.name) && !entry.parentPath.includes('/pages/'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

/** A key is used by the server when it stands in quotes, whole or with its end filled in (`f"state.{name}"`). */
function readServer(text: string): { says: (name: string) => boolean } {
  const words = new Set([...text.matchAll(/["'`]([a-z][\w.-]*)["'`]/g)].map((match) => match[1]))
  const found = [...new Set([...text.matchAll(/["'`]([a-z]\w*\.(?:[\w.]*[._])?)[{<]/g)].map((match) => match[1] ?? ''))]
  // `refused.{code}` and `guard.{word}` name everything, so they prove nothing.
  const heads = found.filter((head) => head !== 'refused.' && !catalogue.has(head.slice(0, -1)))
  return { says: (name) => words.has(name) || heads.some((head) => name.startsWith(head)) }
}

/** Words of decision tables are said by their column: `<column>.<word>` of the domain that has the table. */
function readTables(domain: string): { says: (key: string) => boolean } {
  const folder = join(ROOT, 'src/xiaoer', domain, 'tables')
  const text = existsSync(folder) ? serverText(folder) : ''
  const columns = new Set([...text.matchAll(/^(\w+) = [{[]/gm)].map((match) => match[1]))
  return { says: (key) => columns.has(key.slice(0, key.indexOf('.'))) && text.includes(`"${key.slice(key.indexOf('.') + 1)}"`) }
}

describe('the six languages', () => {
  it.each(LANGUAGES.slice(1))('%s says the same things as Chinese, with the same facts', (language) => {
    const flaws: string[] = []
    for (const [domain, chinese] of catalogue) {
      const other = sentences(language, domain)
      const bases = new Set(Object.keys(chinese).map((key) => baseOf(key, chinese)))
      const found = new Set(Object.keys(other).map((key) => baseOf(key, other)))
      for (const key of bases) {
        if (!found.has(key)) flaws.push(`${domain}:${key} is missing`)
        else if ([...placeholdersOf(key, chinese)].toSorted().join() !== [...placeholdersOf(key, other)].toSorted().join())
          flaws.push(`${domain}:${key} has other placeholders: ${placeholders(other[key] ?? '').join()}`)
      }
      for (const key of found) if (!bases.has(key)) flaws.push(`${domain}:${key} is not in Chinese`)
    }
    expect(flaws).toEqual([])
  })

  it.each(LANGUAGES)('%s has every plural form it needs', (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const flaws: string[] = []
    for (const domain of catalogue.keys()) {
      const file = sentences(language, domain)
      const plural = new Set(Object.keys(file).filter((key) => categoryOf(key, file)).map((key) => baseOf(key, file)))
      for (const base of plural)
        for (const category of needed) if (!(`${base}_${category}` in file)) flaws.push(`${domain}:${base}_${category}`)
    }
    expect(flaws).toEqual([])
  })
})

describe('pages and catalogue', () => {
  it('every t has a domain that can be told', () => {
    expect(pages.unclear).toEqual([])
  })

  it('every key that a page uses exists', () => {
    const missing = pages.usages
      // Other things are written with a colon, too: scopes of tokens, topics of the socket.
      .filter((usage) => usage.given !== null || (catalogue.has(usage.domain) && usage.pieces.join('').includes('.')))
      .filter((usage) => keysFor(usage).length === 0)
      .map((usage) => `${usage.at} ${usage.domain}:${usage.pieces.join('…')}`)
    expect(missing).toEqual([])
  })

  it('every placeholder is filled, and nothing is given in vain', () => {
    const flaws: string[] = []
    for (const usage of pages.usages) {
      if (usage.given === null) continue
      const given = new Set(usage.given.filter((name) => !NO_PLACEHOLDERS.has(name)))
      const keys = keysFor(usage)
      if (keys.length === 0) continue // told above
      const wanted = keys.map((key) => placeholdersOf(key, catalogue.get(usage.domain) ?? {}))
      for (const [n, names] of wanted.entries())
        for (const name of names) if (!given.has(name)) flaws.push(`${usage.at} ${keys[n]} needs ${name}`)
      // `count` may only choose the plural form.
      for (const name of given)
        if (name !== 'count' && !wanted.some((names) => names.has(name))) flaws.push(`${usage.at} gives ${name} in vain`)
    }
    expect(flaws).toEqual([])
  })

  it('every key is used by a page or by the server', () => {
    const server = readServer(serverText(join(ROOT, 'src/xiaoer')))
    const onPages = new Set(pages.usages.flatMap((usage) => keysFor(usage).map((key) => `${usage.domain}:${key}`)))
    const unused: string[] = []
    for (const [domain, file] of catalogue) {
      // Words may be written before the pages that will say them.
      if (domain !== 'ui' && !existsSync(join(ROOT, 'web/src/features', domain))) continue
      const tables = readTables(domain)
      for (const key of new Set(Object.keys(file).map((each) => baseOf(each, file)))) {
        const code = key.replace(/^refused\./, '')
        const names = [key, code, `${domain}.${code}`]
        const used = onPages.has(`${domain}:${key}`) || names.some((name) => pages.literals.has(name) || server.says(name))
        if (!used && !tables.says(key)) unused.push(`${domain}:${key}`)
      }
    }
    expect(unused).toEqual([])
  })

  it('the types of the keys are fresh (npm run types)', () => {
    expect(readFileSync(join(ROOT, 'web/src/i18n/resources.d.ts'), 'utf8')).toBe(resourceTypes())
  })
})
