import { useState } from 'react'
import { Button } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useMe } from '@/api'
import { useRefusalSentence, useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { announce } from '@/ui/announce'
import { type BuyerChange, shownChanges } from './difference'
import { AddressForm, CancelForm, PaymentForm } from './Forms'
import { ItemsForm } from './ItemsForm'
import { type Order, orderKey, type Possible } from './server'
import { TopUp } from './TopUp'

const FORMS = { cancel: CancelForm, address: AddressForm, items: ItemsForm, payment: PaymentForm } as const

/** What can be changed before the parcel leaves; whatever cannot says why and by which row. */
export function Changes({ order }: { order: Order }) {
  const { t } = useTranslation('instructions')
  const queries = useQueryClient()
  const me = useMe()
  const [open, setOpen] = useState<BuyerChange | null>(null)
  const [done, setDone] = useState<string | null>(null)
  useTopic(
    `person:${me.id}`,
    refreshing(
      () => queries.invalidateQueries({ queryKey: orderKey(order.id) }),
      ({ name }) => {
        if (name.startsWith('instructions.')) void queries.invalidateQueries({ queryKey: orderKey(order.id) })
      },
    ),
  )
  const { waiting } = order
  const shown = shownChanges(order.changes).filter(({ kind }) => !waiting || kind !== 'items')
  const Form = open && FORMS[open]
  // Whatever is closed for one and the same reason is said once.
  const all = shown.length > 1 && shown.every((one) => !one.possible && one.code === shown[0]?.code)
  if (shown.length === 0) return null
  const finish = (state: string) => {
    const confirmed = state === 'confirmed'
    const sentence = t(confirmed ? 'buyer.confirmed' : state === 'charging' ? 'buyer.paying' : 'buyer.asked')
    setDone(sentence)
    announce(sentence)
    setOpen(null)
    void queries.invalidateQueries({ queryKey: orderKey(order.id) })
    void queries.invalidateQueries({ queryKey: ['my-orders'] })
  }
  return (
    <>
    {waiting ? <TopUp order={order} waiting={waiting} onMoved={() => void queries.invalidateQueries({ queryKey: orderKey(order.id) })} /> : null}
    <section className="in-card" aria-labelledby="in-changes">
      <h2 id="in-changes">{t('buyer.changes')}</h2>
      {done ? <p role="status">{done}</p> : null}
      {Form ? (
        <Form order={order} onDone={finish} onClose={() => setOpen(null)} />
      ) : all ? (
        <Closed changes={shown} />
      ) : (
        <ul className="in-changes">
          {shown.map((change) => (
            <li key={change.kind}>
              {change.possible ? (
                <Button
                  block
                  size="large"
                  onClick={() => {
                    setDone(null)
                    setOpen(change.kind)
                  }}
                >
                  {t(`change.${change.kind}`)}
                </Button>
              ) : (
                <Closed changes={[change]} />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
    </>
  )
}

function Closed({ changes }: { changes: readonly (Possible & { kind: BuyerChange })[] }) {
  const { t } = useTranslation('instructions')
  const reason = useRefusalSentence(changes[0]?.code)
  return (
    <div className="in-closed">
      <strong>{changes.map((one) => t(`change.${one.kind}`)).join(' · ')}</strong>
      <span>{reason}</span>
      {changes.map((one) =>
        one.row ? (
          <span key={one.kind} className="in-quiet">
            {t('buyer.row', { table: t(`change.${one.kind}`), row: rowOf(one.row) })}
          </span>
        ) : null,
      )}
    </div>
  )
}

/** `instructions.cancel 1` → `1`: the table stands beside it by its name. */
function rowOf(row: string): string {
  return row.split(' ').at(-1) ?? row
}
