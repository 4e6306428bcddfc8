/** The six languages of the pages; the first is the default. */
export const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'es', 'ja', 'ko'] as const

export type Language = (typeof LANGUAGES)[number]

export const DEFAULT_LANGUAGE: Language = 'zh-Hans'

/** Each language by its own name, as its readers look for it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  en: 'English',
  es: 'Español',
  ja: '日本語',
  ko: '한국어',
}

/** A language by its own name; a word that is none of them as it is. */
export function languageName(code: string): string {
  return LANGUAGE_NAMES[code as Language] ?? code
}

const STORAGE_KEY = 'xiaoer.language'

/** `zh-TW` → `zh-Hant`, `en-GB` → `en`; null when we do not speak it. */
export function nearestLanguage(tag: string | null | undefined): Language | null {
  if (!tag) return null
  const parts = tag.toLowerCase().split(/[-_]/)
  if (parts[0] === 'zh') {
    const traditional = parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part))
    return traditional && !parts.includes('hans') ? 'zh-Hant' : 'zh-Hans'
  }
  return LANGUAGES.find((language) => language === parts[0]) ?? null
}

/** Profile, then what was chosen on this machine, then what the browser asks for, then Chinese. */
export function chooseLanguage(sources: {
  profile?: string | null
  stored?: string | null
  browser?: readonly string[]
}): Language {
  const candidates = [sources.profile, sources.stored, ...(sources.browser ?? [])]
  for (const candidate of candidates) {
    const language = nearestLanguage(candidate)
    if (language) return language
  }
  return DEFAULT_LANGUAGE
}

export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null // storage may be forbidden, as in a third-party frame
  }
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language)
  } catch {
    // the choice then lasts as long as the page
  }
}

export function browserLanguages(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : navigator.languages
}
