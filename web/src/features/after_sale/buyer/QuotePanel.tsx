import { absoluteTime } from '@/ui/time'
import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { useThen } from '../parts/CaseClock'
import { DifferenceLine } from '../parts/DifferenceLine'
import { paysMoney, shownFreight } from '../parts/look'
import { MoneyLines } from '../parts/MoneyLines'
import { WhyPanel } from '../parts/WhyPanel'
import type { CaseState, Quote } from '../parts/wire'

/** What would follow from sending this now: whose turn, until when, how much, and by which rules. */
export function QuotePanel({ quote }: { quote: Quote }) {
  const { t, i18n } = useTranslation('after_sale')
  const next = useThen(quote.then)
  const time = absoluteTime(Date.parse(quote.due_at), i18n.language)
  return (
    <section className="ab-quote" aria-live="polite" aria-label={t('quote.title')}>
      <h2>{t('quote.title')}</h2>
      {quote.refund_minor > 0 && paysMoney(quote) ? (
        <p className="ab-sum">
          <Money minor={quote.refund_minor} currency={quote.currency} />
        </p>
      ) : null}
      <p>
        <strong>{t(`state.${quote.state as CaseState}`)}</strong>
      </p>
      <p>{next ? t('quote.until_then', { time, next }) : t('quote.until', { time })}</p>
      <DifferenceLine difference={quote.difference} currency={quote.currency} asked />
      {quote.ahead ? <p>{t('quote.ahead')}</p> : null}
      {quote.inspect ? <p>{t('quote.inspect')}</p> : null}
      <MoneyLines viewer="buyer" money={quote.money} currency={quote.currency} total={paysMoney(quote) ? quote.refund_minor : null} lines={quote.lines} freight={shownFreight(quote.kind, quote.freight)} />
      <h3>{t('quote.rules')}</h3>
      <WhyPanel decisions={quote.decisions} />
    </section>
  )
}
