import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Countdown } from '@/ui/Countdown'
import { type Look, StandWord, Steps } from '@/ui/Matter'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import type { Block, BlockWhole } from './wire'

const LOOKS: Record<Block['state'], Look> = {
  proposed: 'waiting',
  heard: 'waiting',
  in_force: 'breach',
  on_watch: 'breach',
  in_review: 'soon',
  ended: 'over',
  lifted_right: 'over',
  lifted_wrong: 'settled',
  refused: 'over',
  withdrawn: 'over',
}

export function BlockState({ state }: { state: Block['state'] }) {
  const { t } = useTranslation('blocks')
  return <StandWord look={LOOKS[state]}>{t(`state.${state}`)}</StandWord>
}

/** What is left until silence acts, and what it does then. */
export function BlockClock({ block, short = false }: { block: Block; short?: boolean }) {
  const { t } = useTranslation('blocks')
  if (!block.due_at || !block.then) return null
  return <Countdown due={block.due_at} then={t(`then.${block.then}`)} short={short} />
}

/** Reasons, scope, duration and what stays open: the notice (L-091). */
export function BlockFacts({ block, staff = false }: { block: Block; staff?: boolean }) {
  const { t } = useTranslation('blocks')
  const lines: [string, ReactNode][] = [
    [t('label.by'), block.side === 'shop' ? block.shop_name : t('side.marketplace')],
    [t('label.ground'), t(`ground.${block.ground}`)],
    [t('label.facts'), <span key="facts" className="x-said">{block.facts}</span>],
    [t('label.evidence'), block.evidence.map((number) => <Copyable key={number} text={number} />)],
    [t('label.scope'), t(`scope.${block.scope}`)],
  ]
  if (block.ends_at) lines.push([t('label.until'), <RelativeTime key="ends" at={block.ends_at} />])
  else if (block.days) lines.push([t('label.days'), block.days])
  if (block.decided_text) lines.push([t('label.reasons'), <span key="reasons" className="x-said">{block.decided_text}</span>])
  if (staff) lines.push([t('label.proposer'), block.proposer_name])
  if (staff && block.approver_name) lines.push([t('label.approver'), block.approver_name])
  return (
    <>
      <dl className="x-facts">
        {lines.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {block.is_binding ? (
        <p className="x-dim">
          {t('open.title')}: {block.stays_open.map((word) => t(`open.${word}` as 'open.orders')).join(' · ')}
        </p>
      ) : null}
    </>
  )
}

/** How a wrong block is made good: the four kinds, each with its row. */
export function MadeGood({ whole, currency, children }: { whole: BlockWhole; currency: string; children?: ReactNode }) {
  const { t } = useTranslation('blocks')
  if (whole.good.length === 0) return null
  return (
    <section className="x-box" data-mark="now" aria-label={t('good.title')}>
      <h2>{t('good.title')}</h2>
      <p>{t('apology')}</p>
      <dl className="x-facts">
        {whole.good.map((one) => (
          <div key={one.harm} style={{ display: 'contents' }}>
            <dt>{t(`harm.${one.harm}`)}</dt>
            <dd>
              {t(`remedy.${one.remedy}`)}
              {one.amount_minor ? (
                <>
                  {' · '}
                  <strong>
                    {one.remedy === 'points' ? one.amount_minor : <Money minor={one.amount_minor} currency={currency} />}
                  </strong>
                </>
              ) : null}{' '}
              <code className="x-dim">{one.row}</code>
              {one.legal_way ? <div className="x-dim">{t('legal_way')}</div> : null}
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  )
}

/** What happened to it, in order, and what was handed in. */
export function BlockHistory({ whole, currency }: { whole: BlockWhole; currency: string }) {
  const { t } = useTranslation('blocks')
  return (
    <section className="x-box" aria-label={t('label.timeline')}>
      <h2>{t('label.timeline')}</h2>
      <Steps
        steps={whole.timeline.map((step) => ({
          key: step.version,
          title: t(`event.${step.event}` as 'event.propose'),
          by: step.person_name || t(`side.${step.side}`),
          at: step.at,
          text: step.event === 'propose' ? '' : step.text,
        }))}
      />
      {whole.receipts.length > 0 ? (
        <>
          <h3>{t('label.receipts')}</h3>
          <ul>
            {whole.receipts.map((one) => (
              <li key={one.id}>
                <Money minor={one.amount_minor} currency={currency} /> · {one.text}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

/** The currency a block is made good in. */
export function currencyOf(whole: BlockWhole): string {
  return whole.grants.find((one) => one.kind !== 'points')?.currency ?? 'CNY'
}
