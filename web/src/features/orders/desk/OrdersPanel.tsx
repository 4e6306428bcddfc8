import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useDeferredValue, useState } from 'react'
import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './orders.css'
import { OrderBox, type InsertCard, type OrderExtras } from './OrderBox'
import { listOrders } from './server'

export interface OrdersPanelProps {
  shop: string
  buyer: string
  onInsert?: InsertCard
  Extras?: OrderExtras
}

const PAGE = 10
const MANY = 5

/** The buyer's orders in this shop, the newest first. */
export function OrdersPanel({ shop, buyer, onInsert, Extras }: OrdersPanelProps) {
  const { t } = useTranslation('orders')
  const [words, setWords] = useState('')
  const asked = useDeferredValue(words.trim())
  const pages = useCursorPages(['orders', shop, buyer, asked], (after, signal) =>
    listOrders(shop, { buyer, limit: PAGE, ...(asked ? { q: asked } : {}), ...(after ? { starting_after: after } : {}) }, signal),
  )
  const total = useQuery({ queryKey: ['orders', shop, buyer, 'any'], queryFn: ({ signal }) => listOrders(shop, { buyer, limit: MANY + 1 }, signal) })
  return (
    <div className="xo-panel">
      {(total.data?.data.length ?? 0) > MANY ? (
        <input type="search" className="xo-find" value={words} aria-label={t('desk.find')} placeholder={t('desk.find')} onChange={(event) => setWords(event.target.value)} />
      ) : null}
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="card"
        title={t(asked ? 'desk.none_found' : 'desk.none')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        {pages.items.map((order, place) => (
          <OrderBox key={order.id} order={order} opened={place === 0} {...(onInsert ? { onInsert } : {})} {...(Extras ? { Extras } : {})} />
        ))}
      </StateBlock>
      {pages.hasMore ? (
        <Button block loading={pages.isFetchingMore} onClick={pages.fetchMore}>
          {t('desk.more')}
        </Button>
      ) : null}
    </div>
  )
}
