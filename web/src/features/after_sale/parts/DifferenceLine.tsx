import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import type { CaseWhole } from './wire'

/** What other goods cost more or less, and how far that is settled. */
export function DifferenceLine({ difference, currency, asked }: { difference: CaseWhole['difference']; currency: string; asked?: boolean }) {
  const { t, i18n } = useTranslation('after_sale')
  if (!difference || difference.amount_minor === 0) return null
  const amount = formatMoney(Math.abs(difference.amount_minor), currency, i18n.language)
  return (
    <p className="as-difference">
      <strong>{t('difference.title')}</strong> {t(difference.amount_minor > 0 ? 'differs.dearer' : 'differs.cheaper', { amount })}
      {asked ? null : <span className="as-quiet"> · {t(`difference.${difference.state}`)}</span>}
    </p>
  )
}
