import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { formatMoney } from '@/ui/money'
import { Trouble } from '@/ui/Trouble'
import { useSending } from '@/ui/useSend'
import { MethodField } from './MethodField'
import { giveUp, type Order, readProfile, topUp } from './server'

type Waiting = NonNullable<Order['waiting']>

/** Other items cost more: the buyer pays here before anything happens to his order, or leaves it as it is. */
export function TopUp({ order, waiting, onMoved }: { order: Order; waiting: Waiting; onMoved: () => void }) {
  const { t, i18n } = useTranslation('instructions')
  const { difference } = waiting
  if (!difference) return null
  const amount = formatMoney(difference.amount_minor, difference.currency, i18n.language)
  const paying = waiting.state === 'charging'
  return (
    <section className="in-card" aria-labelledby="in-top-up">
      <h2 id="in-top-up">{t('buyer.top_up')}</h2>
      <p>
        <strong>{t('buyer.to_pay', { amount })}</strong>
      </p>
      <p>{t('buyer.top_up_then')}</p>
      {difference.by ? <Countdown due={difference.by} set={waiting.asked_at} then={t('buyer.top_up_due')} onDue={() => setTimeout(onMoved, 1_000)} /> : null}
      <div aria-live="polite">
        {difference.declined ? <p>{t('buyer.top_up_declined')}</p> : null}
        {paying && difference.confirm_url ? (
          <a href={difference.confirm_url} target="_blank" rel="noreferrer">
            {t('buyer.top_up_confirm')}
          </a>
        ) : null}
        {paying && !difference.confirm_url ? <p>{t('buyer.top_up_waits')}</p> : null}
      </div>
      {paying ? null : <PayForm key={waiting.id} order={order} waiting={waiting} amount={amount} onMoved={onMoved} />}
    </section>
  )
}

function PayForm({ order, waiting, amount, onMoved }: { order: Order; waiting: Waiting; amount: string; onMoved: () => void }) {
  const { t } = useTranslation('instructions')
  const profile = useQuery({ queryKey: ['my-profile'], queryFn: ({ signal }) => readProfile(signal) })
  const [method, setMethod] = useState(waiting.difference?.method ?? null)
  const { busy, trouble, send } = useSending()
  const run = (work: () => Promise<unknown>) =>
    send(async () => {
      await work()
      onMoved()
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void run(() => topUp(order.id, waiting.id, method))
      }}
    >
      <MethodField legend={t('buyer.top_up_method')} methods={profile.data?.payment_methods ?? []} value={method} onChange={setMethod} />
      {trouble ? <Trouble error={trouble} /> : null}
      <div className="in-bar">
        <Button size="large" disabled={busy} onClick={() => void run(() => giveUp(order.id, waiting.id))}>
          {t('buyer.top_up_give_up')}
        </Button>
        <Button size="large" type="primary" htmlType="submit" loading={busy} disabled={method === null}>
          {t('buyer.top_up_pay', { amount })}
        </Button>
      </div>
    </form>
  )
}
