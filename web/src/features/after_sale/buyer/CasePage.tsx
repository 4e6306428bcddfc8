import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import { Money } from '@/ui/Money'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { CaseClock } from '../parts/CaseClock'
import { CaseTimeline } from '../parts/CaseTimeline'
import { paysMoney, shownFreight } from '../parts/look'
import { MoneyLines } from '../parts/MoneyLines'
import { StateTag, TurnWord } from '../parts/StateTag'
import { WhyButton } from '../parts/WhyPanel'
import type { CaseWhole } from '../parts/wire'
import './buyer.css'
import { CaseDeeds } from './CaseDeeds'
import { ParcelCard } from './ParcelCard'
import { PayCard } from './PayCard'
import { readWhy } from './server'
import { useCase } from './useCase'

/** One case: where it stands, who must act, until when, and what happens otherwise; then everything else. */
export default function CasePage() {
  const { case: id = '' } = useParams()
  const { t } = useTranslation('after_sale')
  const { query, put } = useCase(id)
  return (
    <div className="ab-page">
      <title>{t('buyer.nav')}</title>
      <StateBlock
        state={stateOf(query, false)}
        skeleton="card"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {query.data ? <Shown whole={query.data} onMoved={put} onDue={() => void query.refetch()} /> : null}
      </StateBlock>
    </div>
  )
}

/** Where talking came to nothing, the marketplace can be asked to rule. */
const DISPUTABLE: ReadonlySet<string> = new Set(['contested', 'lapsed', 'turned_down', 'with_people'])

const AGAIN: ReadonlySet<string> = new Set(['withdrawn', 'lapsed'])

interface ShownProps {
  whole: CaseWhole
  onMoved: (whole: CaseWhole) => void
  onDue: () => void
}

function Shown({ whole, onMoved, onDue }: ShownProps) {
  const { t, i18n } = useTranslation('after_sale')
  return (
    <>
      <h1>
        {t(`kind.${whole.kind}`)}
        {whole.refund_minor > 0 && paysMoney(whole) ? (
          <>
            {' '}
            <Money minor={whole.refund_minor} currency={whole.currency} />
          </>
        ) : null}
      </h1>
      <section className="ab-card ab-top" aria-live="polite">
        <StateTag line={whole} viewer="buyer" />
        <p>
          <TurnWord line={whole} viewer="buyer" />
        </p>
        <div className="ab-clock">
          <ClockName clock={whole.closed_at === null ? whole.clock : null} />
          <CaseClock line={whole} onDue={() => setTimeout(onDue, 1_000)} />
        </div>
        {whole.refunded_minor > 0 ? (
          <p>
            <strong>{t('part.paid')}</strong> <Money minor={whole.refunded_minor} currency={whole.currency} />
          </p>
        ) : null}
      </section>
      {whole.state === 'repaying' ? <p>{t('case.repay', { amount: formatMoney(whole.refunded_minor, whole.currency, i18n.language) })}</p> : null}
      <PayCard whole={whole} />
      <CaseDeeds whole={whole} onMoved={onMoved} />
      {DISPUTABLE.has(whole.state) ? (
        <p>
          <Link to={`/disputes/new?case=${whole.id}`}>{t('case.to_dispute')}</Link>
        </p>
      ) : null}
      <NoDeadEnd whole={whole} />
      <ParcelCard whole={whole} />
      <Why id={whole.id} version={whole.version} />
      {whole.money.length > 0 ? (
        <section className="ab-card">
          <h2>{t('case.money')}</h2>
          <MoneyLines
            viewer="buyer"
            money={whole.money}
            currency={whole.currency}
            total={paysMoney(whole) ? whole.refund_minor : null}
            lines={whole.lines}
            freight={shownFreight(whole.kind, whole.freight, { back: whole.back !== null, out: whole.out !== null })}
            paid={whole.refunded_minor}
          />
        </section>
      ) : null}
      <About whole={whole} />
      <section className="ab-card">
        <h2>{t('case.timeline')}</h2>
        <CaseTimeline steps={whole.timeline} currency={whole.currency} />
      </section>
    </>
  )
}

/** Where it ended without what was wanted, one may ask once more; where there was trouble, complain. */
function NoDeadEnd({ whole }: { whole: CaseWhole }) {
  const { t } = useTranslation('after_sale')
  const again = AGAIN.has(whole.state)
  if (!again && !whole.complaint_possible) return null
  return (
    <p className="ab-ways-on">
      {again ? <Link to={`/orders/${whole.order_id}/after-sale`}>{t('case.ask_once_more')}</Link> : null}
      {whole.complaint_possible ? <Link to={`/complain?order=${whole.order_id}`}>{t('case.to_complaint')}</Link> : null}
    </p>
  )
}

/** Which time runs: "the shop answers". */
function ClockName({ clock }: { clock: string | null }) {
  const { t, i18n } = useTranslation('after_sale')
  const name = clock?.split('.').at(-1) ?? ''
  if (!i18n.exists(`after_sale:clock.${name}`)) return null
  return <div className="as-quiet">{t(`clock.${name}` as 'clock.payment')}</div>
}

function Why({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation('after_sale')
  return <WhyButton queryKey={['my-case-why', id, version]} load={(signal) => readWhy(id, signal)} label={t('case.why')} />
}

function About({ whole }: { whole: CaseWhole }) {
  const { t, i18n } = useTranslation(['after_sale', 'ui'])
  const [all, setAll] = useState(false)
  const lines = all ? whole.lines : whole.lines.slice(0, 5)
  return (
    <section className="ab-card">
      <h2>{t('case.about')}</h2>
      <dl className="ab-facts">
        <dt>{t('case.order')}</dt>
        <dd>
          <Link to={`/orders/${whole.order_id}`}>{whole.order_number}</Link>
        </dd>
        <dt>{t('case.reason')}</dt>
        <dd>{i18n.exists(`after_sale:reason.${whole.reason}`) ? t(`reason.${whole.reason}` as 'reason.quality') : whole.reason}</dd>
        <dt>{t('case.lines')}</dt>
        <dd>
          {lines.map((line) => (
            <div key={line.item}>
              {t('part.of_item', { title: line.title, quantity: line.quantity })}
              {line.becomes ? <div className="as-quiet">{t('part.becomes', { options: line.becomes })}</div> : null}
            </div>
          ))}
          {lines.length < whole.lines.length ? (
            <button type="button" className="x-plain" onClick={() => setAll(true)}>
              {t('ui:action.more')}
            </button>
          ) : null}
        </dd>
        {whole.text ? (
          <>
            <dt>{t('case.words')}</dt>
            <dd className="as-said">{whole.text}</dd>
          </>
        ) : null}
      </dl>
      <p style={{ marginTop: 8 }}>
        <Link to={`/shops/${whole.shop_id}`}>{t('wish.ask_shop')}</Link>
      </p>
    </section>
  )
}
