import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { Link } from 'react-router'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Money } from '@/ui/Money'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './orders.css'

/** What the buyer has bought, the newest first, each with the way to its shop. */
export default function OrdersPage() {
  const { t } = useTranslation('orders')
  const query = useInfiniteQuery({
    queryKey: ['my-orders'],
    queryFn: ({ pageParam, signal }) =>
      api.GET('/public/v1/orders', {
        params: { query: { limit: 20, ...(pageParam ? { starting_after: pageParam } : {}) } },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
  const orders = query.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <div className="o-page">
      <title>{t('buyer.title')}</title>
      <h1>{t('buyer.title')}</h1>
      <StateBlock
        state={stateOf(query, orders.length === 0)}
        skeleton="card"
        title={t('buyer.none')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {orders.map((order) => (
          <article key={order.id} className="o-card">
            <header className="o-head">
              <Link to={`/shops/${order.shop_id}`}>{order.shop_name}</Link>
              <Tag>{t(`state.${order.state}`)}</Tag>
            </header>
            <ul className="o-items">
              {order.items.map((item) => (
                <li key={item.id}>
                  <span>{item.title}</span>
                  <span>
                    <Money minor={item.unit_price_minor} currency={order.currency} /> × {item.quantity}
                  </span>
                </li>
              ))}
            </ul>
            <footer className="o-foot">
              <Copyable text={order.external_id} />
              <strong>
                <Money minor={order.total_minor} currency={order.currency} />
              </strong>
              <Link to={`/shops/${order.shop_id}`}>
                <Button tabIndex={-1}>{t('buyer.ask')}</Button>
              </Link>
              <Link to={`/orders/${order.id}`}>
                <Button type="primary" tabIndex={-1}>
                  {t('buyer.open')}
                </Button>
              </Link>
            </footer>
          </article>
        ))}
        {query.hasNextPage ? (
          <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('buyer.more')}
          </Button>
        ) : null}
      </StateBlock>
    </div>
  )
}
