import { useTranslation } from '@/i18n/react'
import { RulesVersion } from '@/ui/RulesVersion'
import type { Quote } from './wire'

/** What would become of it if it were sent now, with the sentence of the row that says so. */
export function QuoteBox({ quote }: { quote: Quote }) {
  const { t } = useTranslation('complaints')
  return (
    <section className={quote.answer === 'refuse' ? 'cp-card cp-refused' : 'cp-card'} role="status">
      <h2>{t(`quote.${quote.answer}` as 'quote.accept')}</h2>
      <p>{quote.say}</p>
      <p className="cp-quiet">
        {quote.row} · <RulesVersion version={quote.rules_version} />
      </p>
    </section>
  )
}
