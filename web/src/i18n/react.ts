import { useEffect, useState } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { type Language, nearestLanguage, DEFAULT_LANGUAGE } from './languages'

export { Trans, useTranslation } from 'react-i18next'

/** Given to `startWords` by pages made with React. */
export const reactWords = initReactI18next

/** The language of the page now; redraws when it changes. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return nearestLanguage(i18n.language) ?? DEFAULT_LANGUAGE
}

/** The human sentence of a refusal code (`conversations.not_open`), loaded when first asked for. */
export function useRefusalSentence(code: string | null | undefined): string {
  const { i18n } = useTranslation('ui')
  const split = splitCode(code)
  useDomain(split?.domain)
  if (!split) return ''
  const key = `${split.domain}:refused.${split.word}`
  return i18n.exists(key) ? sentence(i18n, key) : i18n.t('ui:deed.refused')
}

function splitCode(code: string | null | undefined): { domain: string; word: string } | null {
  const dot = code?.indexOf('.') ?? -1
  return code && dot > 0 ? { domain: code.slice(0, dot), word: code.slice(dot + 1) } : null
}

function useDomain(domain: string | undefined): void {
  const { i18n } = useTranslation('ui')
  const [, redraw] = useState(0)
  useEffect(() => {
    if (!domain || i18n.hasLoadedNamespace(domain)) return
    let here = true
    void i18n.loadNamespaces(domain).then(() => {
      if (here) redraw((count) => count + 1)
    })
    return () => {
      here = false
    }
  }, [domain, i18n])
}

/** Looks up a key that is only known at run time, outside the typed keys. */
function sentence(i18n: ReturnType<typeof useTranslation>['i18n'], key: string): string {
  return (i18n.t as unknown as (key: string) => string)(key)
}
