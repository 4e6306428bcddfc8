import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { useEffect, useRef } from 'react'
import { useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { DecisionsButton } from '@/ui/Decisions'
import { formatMoney } from '@/ui/money'
import { RelativeTime } from '@/ui/RelativeTime'
import { SureButton } from '@/ui/SureButton'
import { again, type At, getWhy, type Instructed, listInstructions, withdraw } from './server'
import './instructions.css'

const AGAIN_MS = 2_000
const COLOUR: Partial<Record<Instructed['state'], string>> = { confirmed: 'success', refused: 'error', expired: 'error', stuck: 'warning' }
const AWAITED: ReadonlySet<Instructed['state']> = new Set(['asked', 'retried', 'to_pay', 'charging'])

/** What was asked of the order side about one order, and what it said. */
export function Instructions({ shop, purchase, onDone }: At & { onDone: () => Promise<unknown> }) {
  const { t } = useTranslation('instructions')
  const query = useQuery({
    queryKey: ['instructions', shop, purchase],
    queryFn: ({ signal }) => listInstructions({ shop, purchase }, signal),
    // The answer is told to the buyer, not to the shop: while one is awaited, it is asked for.
    refetchInterval: ({ state }) => (awaited(state.data?.data) > 0 ? AGAIN_MS : false),
  })
  const waiting = awaited(query.data?.data)
  useLess(waiting, onDone)
  useTopic(
    `shop:${shop}`,
    refreshing(onDone, ({ name, body }) => {
      if (name.startsWith('instructions.') && (body as { purchase?: string }).purchase === purchase) void onDone()
    }),
  )
  const asked = query.data?.data ?? []
  if (asked.length === 0) return null
  return (
    <ul className="xi-asked" aria-label={t('asked')}>
      {asked.map((one) => (
        <li key={one.id} className="x-small">
          {t(`kind.${one.kind}`)} <Tag {...(COLOUR[one.state] ? { color: COLOUR[one.state] } : {})}>{t(`state.${one.state}`)}</Tag>
          <RelativeTime at={one.asked_at} />
          <DifferenceOf one={one} />
          <Answer words={one.answer} />
          <DecisionsButton queryKey={['instructions', shop, 'why', one.id]} load={(signal) => getWhy(shop, one.id, signal)} />
          <Settle shop={shop} one={one} onDone={onDone} />
        </li>
      ))}
    </ul>
  )
}

function awaited(asked: readonly Instructed[] | undefined): number {
  return (asked ?? []).filter(({ state }) => AWAITED.has(state)).length
}

/** Calls when fewer are awaited than before: the order may stand differently now. */
function useLess(waiting: number, onDone: () => Promise<unknown>): void {
  const before = useRef(waiting)
  useEffect(() => {
    if (waiting < before.current) void onDone()
    before.current = waiting
  }, [waiting, onDone])
}

/** What other items cost more or less, and where that money is. */
function DifferenceOf({ one: { difference } }: { one: Instructed }) {
  const { t, i18n } = useTranslation('instructions')
  if (!difference) return null
  return (
    <div>
      {t('part_difference', { amount: formatMoney(difference.amount_minor, difference.currency, i18n.language) })} · {t(`difference.${difference.state}`)}
    </div>
  )
}

/** The order side's own words, or a refusal of ours by its code. */
function Answer({ words }: { words: string | null }) {
  const { t, i18n } = useTranslation('instructions')
  if (!words) return null
  return <div>{i18n.exists(`instructions:refused.${words}`) ? t(`refused.${words}` as 'refused.already_sent') : words}</div>
}

/** The order side stays silent: a manager asks again or gives up. */
function Settle({ shop, one, onDone }: { shop: string; one: Instructed; onDone: () => Promise<unknown> }) {
  const { t } = useTranslation('instructions')
  const may = useReach('instructions.settle') !== 'none'
  if (!may || (one.state !== 'stuck' && one.state !== 'to_pay')) return null
  return (
    <div className="x-actions">
      {one.state === 'stuck' ? (
        <SureButton
          label={t('again')}
          sentence={t('again_then')}
          run={async () => {
            await again(shop, one.id)
            await onDone()
          }}
        />
      ) : null}
      <SureButton
        danger
        label={t('withdraw')}
        sentence={t('withdraw_then')}
        run={async () => {
          await withdraw(shop, one.id)
          await onDone()
        }}
      />
    </div>
  )
}
