import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { asRefusal, type Refusal } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { absoluteTime } from '@/ui/time'
import { StateBlock } from '@/ui/StateBlock'
import { useThen } from '../parts/CaseClock'
import { DifferenceLine } from '../parts/DifferenceLine'
import { paysMoney, shownFreight } from '../parts/look'
import { MoneyLines } from '../parts/MoneyLines'
import { WhyPanel } from '../parts/WhyPanel'
import type { CaseWish, Quote } from '../parts/wire'
import { postQuote } from './server'

const PAUSE_MS = 250

/** What the rules would make of the wish, asked again a moment after it changed; writes nothing. */
export function QuoteView({ shop, purchase, wish }: { shop: string; purchase: string; wish: CaseWish | null }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const asked = useSettled(wish === null ? null : JSON.stringify({ ...wish, text: '' }))
  const query = useQuery({
    queryKey: ['after_sale', shop, 'quote', purchase, asked],
    queryFn: ({ signal }) => postQuote(shop, purchase, JSON.parse(asked ?? '{}') as CaseWish, signal),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  })
  return (
    <section className="as-quote" aria-live="polite" aria-label={t('shop.quote_title')} aria-busy={query.isFetching}>
      <h4>{t('shop.quote_title')}</h4>
      {asked === null ? (
        <p className="as-quiet">{t('shop.quote_say_more')}</p>
      ) : query.isError ? (
        <Refused refusal={asRefusal(query.error)} />
      ) : query.data ? (
        <Quoted quote={query.data} />
      ) : (
        <StateBlock state="loading" skeleton="card" />
      )}
    </section>
  )
}

function Refused({ refusal }: { refusal: Refusal }) {
  const { t, i18n } = useTranslation(['after_sale', 'ui'])
  const { still } = refusal.facts as { still?: unknown }
  const ways = Array.isArray(still) ? still.filter((one): one is string => typeof one === 'string' && i18n.exists(`after_sale:still.${one}`)) : []
  return (
    <Alert
      type="warning"
      showIcon
      title={refusal.message}
      description={
        <>
          {ways.length > 0 ? t('shop.quote_still', { ways: ways.map((one) => t(`still.${one}` as 'still.cancel')).join(' · ') }) : null}
          {refusal.row ? (
            <div className="as-quiet">
              {t('ui:why.row')} <code>{refusal.row}</code>
            </div>
          ) : null}
        </>
      }
    />
  )
}

function Quoted({ quote }: { quote: Quote }) {
  const { t, i18n } = useTranslation(['after_sale', 'ui'])
  const language = useLanguage()
  const next = useThen(quote.then)
  const state = i18n.exists(`after_sale:state.${quote.state}`) ? t(`state.${quote.state}` as 'state.done') : quote.state
  return (
    <>
      <p className="as-said">
        <strong>{quote.at_once ? t('shop.quote_at_once') : state}</strong>
        {next ? <span className="as-quiet"> · {t('shop.quote_until', { time: absoluteTime(Date.parse(quote.due_at), language), next })}</span> : null}
      </p>
      <DifferenceLine difference={quote.difference} currency={quote.currency} asked />
      <MoneyLines viewer="shop" money={quote.money} currency={quote.currency} total={paysMoney(quote) ? quote.refund_minor : null} lines={quote.lines} freight={shownFreight(quote.kind, quote.freight)} />
      <details>
        <summary>{t('ui:why.ask')}</summary>
        <WhyPanel decisions={quote.decisions} />
      </details>
    </>
  )
}

/** The value once it has stood still for a moment. */
function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
