import { ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import { type ReactNode, useEffect, useState } from 'react'
import type { Language } from '@/i18n'
import { useLanguage } from '@/i18n/react'
import './base.css'
import { ModeProvider, useMode } from './mode'
import { type Density, themeFor } from './theme'

/** antd's own words (dates, empty tables), one language at a time. */
const LOCALES: Record<Language, () => Promise<{ default: Locale }>> = {
  'zh-Hans': () => import('antd/es/locale/zh_CN'),
  'zh-Hant': () => import('antd/es/locale/zh_TW'),
  en: () => import('antd/es/locale/en_US'),
  es: () => import('antd/es/locale/es_ES'),
  ja: () => import('antd/es/locale/ja_JP'),
  ko: () => import('antd/es/locale/ko_KR'),
}

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
    document.documentElement.style.colorScheme = mode
  }, [mode])
  return (
    <ConfigProvider
      theme={themeFor({ mode, density })}
      button={{ autoInsertSpace: false }}
      {...(locale ? { locale } : {})}
    >
      {children}
    </ConfigProvider>
  )
}

function useLocale(): Locale | undefined {
  const language = useLanguage()
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    let here = true
    void LOCALES[language]().then((module) => here && setLocale(module.default))
    return () => {
      here = false
    }
  }, [language])
  return locale
}
