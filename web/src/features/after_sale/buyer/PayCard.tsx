import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import type { CaseWhole } from '../parts/wire'
import { DifferenceLine } from '../parts/DifferenceLine'

/** What is to be paid before an exchange goes on, and how the payment stands. */
export function PayCard({ whole }: { whole: CaseWhole }) {
  const { t, i18n } = useTranslation('after_sale')
  const { difference, state } = whole
  if (!difference) return null
  const toPay = state === 'to_pay' && difference.amount_minor > 0
  const declined = toPay && whole.timeline.reduce((last, step) => (step.version > last.version ? step : last)).event === 'difference_declined'
  return (
    <section className="ab-card" aria-live="polite">
      {toPay ? <p className="ab-sum">{formatMoney(difference.amount_minor, whole.currency, i18n.language)}</p> : null}
      <DifferenceLine difference={difference} currency={whole.currency} />
      {declined ? <p className="ab-bad">{t('pay.declined')}</p> : null}
      {state === 'charging' ? (
        <p>
          {whole.confirm_url ? (
            <a href={whole.confirm_url} target="_blank" rel="noreferrer">
              {t('pay.confirm')}
            </a>
          ) : (
            t('pay.waits')
          )}
        </p>
      ) : null}
    </section>
  )
}
