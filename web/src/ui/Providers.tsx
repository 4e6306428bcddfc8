import { ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import english from 'antd/es/locale/en_US'
import { type ReactNode, useEffect, useState } from 'react'
import type { Language } from '@/i18n'
import { useLanguage } from '@/i18n/react'
import './base.css'
import { ModeProvider, useMode } from './mode'
import { type Density, themeFor, tone } from './theme'

/** antd's own words (dates, empty tables), one language at a time; English is in antd itself. */
const LOCALES: Record<Exclude<Language, 'en'>, () => Promise<{ default: Locale }>> = {
  'zh-Hans': () => import('antd/es/locale/zh_CN'),
  'zh-Hant': () => import('antd/es/locale/zh_TW'),
  es: () => import('antd/es/locale/es_ES'),
  ja: () => import('antd/es/locale/ja_JP'),
  ko: () => import('antd/es/locale/ko_KR'),
}

/** Asked once: antd builds another tree when this changes, and every page would start anew. */
const STILL = matchMedia('(prefers-reduced-motion: reduce)').matches

/** Colours, density and antd's words for a whole app. */
export function UiProviders({ density, children }: { density: Density; children: ReactNode }) {
  return (
    <ModeProvider>
      <Themed density={density}>{children}</Themed>
    </ModeProvider>
  )
}

function Themed({ density, children }: { density: Density; children: ReactNode }) {
  const mode = useMode()
  const locale = useLocale()
  useEffect(() => {
    const { style } = document.documentElement
    style.colorScheme = mode
    style.setProperty('--x-link', tone(mode, 'accent'))
  }, [mode])
  return (
    <ConfigProvider
      theme={themeFor({ mode, density, still: STILL })}
      button={{ autoInsertSpace: false }}
      // A wave that may not move would stand for seconds, as wide as its button once was.
      wave={{ disabled: STILL }}
      locale={locale}
    >
      {children}
    </ConfigProvider>
  )
}

const loaded = new Map<Language, Locale>([['en', english]])

/** Called before the first drawing, so that antd does not speak English first. */
export async function loadLocale(language: Language): Promise<void> {
  if (language === 'en' || loaded.has(language)) return
  loaded.set(language, (await LOCALES[language]()).default)
}

/** Always some locale: without one antd builds another tree, and every page would start anew when it comes. */
function useLocale(): Locale {
  const language = useLanguage()
  const [locale, setLocale] = useState<Locale>(() => loaded.get(language) ?? english)
  useEffect(() => {
    let here = true
    const show = () => {
      const next = loaded.get(language)
      if (here && next) setLocale(next)
    }
    // Without antd's words the page still works; it keeps those it has.
    loadLocale(language).then(show, () => {})
    return () => {
      here = false
    }
  }, [language])
  return locale
}
