import { theme } from 'antd'
import { type Language, LANGUAGE_NAMES, LANGUAGES, setLanguage } from '@/i18n'
import { useLanguage, useTranslation } from '@/i18n/react'

/** Each language under its own name; `onChosen` may keep it in the profile. */
export function LanguageSwitch({ onChosen }: { onChosen?: (language: Language) => void }) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const { token } = theme.useToken()
  const choose = (next: Language) => {
    void setLanguage(next)
    onChosen?.(next)
  }
  return (
    <select
      aria-label={t('language.label')}
      value={language}
      onChange={(event) => choose(event.target.value as Language)}
      style={{
        minHeight: token.controlHeight,
        padding: '0 8px',
        color: token.colorText,
        background: token.colorBgContainer,
        border: `1px solid ${token.colorBorder}`,
        borderRadius: token.borderRadius,
      }}
    >
      {LANGUAGES.map((each) => (
        <option key={each} value={each} lang={each}>
          {LANGUAGE_NAMES[each]}
        </option>
      ))}
    </select>
  )
}
