import i18next, { type i18n as I18n } from 'i18next'
import { catalogue } from './catalogue'
import {
  browserLanguages,
  chooseLanguage,
  DEFAULT_LANGUAGE,
  type Language,
  LANGUAGES,
  nearestLanguage,
  storedLanguage,
  storeLanguage,
} from './languages'

/** Options of the catalogue: flat keys, whole sentences, no escaping (React escapes). */
const OPTIONS = {
  supportedLngs: [...LANGUAGES],
  fallbackLng: DEFAULT_LANGUAGE,
  load: 'currentOnly',
  defaultNS: 'ui',
  keySeparator: false,
  nsSeparator: ':',
  contextSeparator: '\u0000', // keys hold underscores; we have no contexts
  interpolation: { escapeValue: false },
  returnNull: false,
} as const

/** Starts the words of a page in the right language; `domains` are loaded before the first paint. */
export async function startWords(domains: readonly string[] = [], plugins: readonly ReactPlugin[] = []): Promise<I18n> {
  const language = chooseLanguage({ stored: storedLanguage(), browser: browserLanguages() })
  i18next.use(catalogue)
  for (const plugin of plugins) i18next.use(plugin)
  await i18next.init({ ...OPTIONS, lng: language, ns: ['ui', ...domains] })
  markPage(language)
  return i18next
}

type ReactPlugin = Parameters<I18n['use']>[0]

/** Changes the language of the whole page and remembers it on this machine. */
export async function setLanguage(language: Language): Promise<void> {
  storeLanguage(language)
  await i18next.changeLanguage(language)
  markPage(language)
}

/** The profile's language wins over the machine's, once we know who is here. */
export async function followProfile(language: string | null | undefined): Promise<void> {
  const wanted = nearestLanguage(language)
  if (wanted && wanted !== currentLanguage()) await setLanguage(wanted)
}

export function currentLanguage(): Language {
  return nearestLanguage(i18next.language) ?? DEFAULT_LANGUAGE
}

function markPage(language: Language): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language
}
