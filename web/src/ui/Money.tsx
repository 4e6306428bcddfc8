import { useLanguage } from '@/i18n/react'
import { formatMoney } from './money'

/** An amount with its currency, always. */
export function Money({ minor, currency }: { minor: number; currency: string }) {
  const language = useLanguage()
  return <span className="x-figures">{formatMoney(minor, currency, language)}</span>
}
