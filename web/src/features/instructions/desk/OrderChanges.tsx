import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { NextActions } from '@/ui/NextActions'
import { lazily } from '@/ui/lazily'
import { type Change, changeDeeds } from './asked'
import { Instructions } from './Instructions'
import { type At, getOrder } from './server'

const ChangeDialog = lazily(() => import('./ChangeDialog'))

/** What may be changed on an order at the buyer's request, and what has been asked already. */
export default function OrderChanges(at: At) {
  const { t } = useTranslation('instructions')
  const may = useReach('orders.change') !== 'none'
  const queries = useQueryClient()
  const [change, setChange] = useState<Change | null>(null)
  const order = useQuery({ queryKey: ['order', at.shop, at.purchase], queryFn: ({ signal }) => getOrder(at, signal) })
  if (!order.data) return null
  const deeds = changeDeeds(order.data)
  const open = deeds.some((one) => one.allowed)
  const look = (kind: Change) => ({ label: t(`change.${kind}`), run: () => setChange(kind), ...(kind === 'cancel' ? { danger: true } : {}) })
  const onDone = async () => {
    await queries.invalidateQueries({ queryKey: ['order', at.shop, at.purchase] })
    void queries.invalidateQueries({ queryKey: ['instructions', at.shop, at.purchase] })
    void queries.invalidateQueries({ queryKey: ['orders', at.shop] })
  }
  return (
    <>
      {may && open ? (
        <NextActions
          deeds={deeds}
          size="small"
          align="start"
          actions={{ address: look('address'), items: look('items'), payment: look('payment'), cancel: look('cancel') }}
        />
      ) : null}
      <Instructions {...at} onDone={onDone} />
      {change ? <ChangeDialog change={change} order={order.data} onDone={onDone} onClose={() => setChange(null)} /> : null}
    </>
  )
}
