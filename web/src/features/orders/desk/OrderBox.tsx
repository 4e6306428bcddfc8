import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { type ComponentType, useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { ParcelView } from './ParcelView'
import { getOrder, type Order, type OrderLine } from './server'

export type InsertCard = (card: { kind: 'order'; id: string; title: string }) => void

/** What other domains can do with an order; drawn while it is open. */
export type OrderExtras = ComponentType<{ shop: string; purchase: string }>

interface OrderBoxProps {
  order: OrderLine
  opened: boolean
  onInsert?: InsertCard
  Extras?: OrderExtras
}

/** One order: its number, what was bought, how far it is; open, also money and parcels. */
export function OrderBox({ order, opened, onInsert, Extras }: OrderBoxProps) {
  const { t } = useTranslation('orders')
  const [open, setOpen] = useState(opened)
  return (
    <article className="xo-order" aria-label={t('desk.order', { number: order.external_id })}>
      <div className="xo-head">
        <Button
          type="text"
          size="small"
          icon={open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
          aria-expanded={open}
          aria-label={t(open ? 'desk.fold' : 'desk.unfold', { number: order.external_id })}
          onClick={() => setOpen(!open)}
        />
        <span className="xo-number">
          <Copyable text={order.external_id} />
        </span>
        <Tag className="xo-state">{t(`state.${order.state}`)}</Tag>
      </div>
      <ul className="xo-items">
        {order.items.map((item) => (
          <li key={item.id} className="xo-item">
            {item.image_url ? <img src={item.image_url} alt="" loading="lazy" /> : null}
            <span className="xo-item-name">
              {item.title}
              <span className="xo-quiet"> {Object.values(item.options).join(' ')}</span>
            </span>
            <span className="x-figures">
              <Money minor={item.unit_price_minor} currency={order.currency} />
              {item.quantity > 1 ? ` × ${item.quantity}` : ''}
            </span>
          </li>
        ))}
      </ul>
      <div className="xo-foot">
        <span className="xo-quiet">{order.placed_at ? <RelativeTime at={order.placed_at} /> : null}</span>
        <span>
          {t('desk.total')} <Money minor={order.total_minor} currency={order.currency} />
        </span>
        {onInsert ? (
          <Button size="small" onClick={() => onInsert({ kind: 'order', id: order.id, title: order.external_id })}>
            {t('desk.insert')}
          </Button>
        ) : null}
      </div>
      {open ? <More order={order} /> : null}
      {open && Extras ? <Extras shop={order.shop_id} purchase={order.id} /> : null}
    </article>
  )
}

function More({ order }: { order: OrderLine }) {
  const { t } = useTranslation('orders')
  const whole = useQuery({ queryKey: ['order', order.shop_id, order.id], queryFn: ({ signal }) => getOrder(order.shop_id, order.id, signal) })
  return (
    <StateBlock state={stateOf(whole, false)} skeleton="card" error={whole.error ? asRefusal(whole.error) : null} onRetry={() => void whole.refetch()}>
      {whole.data ? (
        <>
          <Facts order={whole.data} />
          {whole.data.parcels.length === 0 ? <p className="xo-quiet">{t('desk.no_parcel')}</p> : null}
          {whole.data.parcels.map((parcel) => (
            <ParcelView key={parcel.id} parcel={parcel} />
          ))}
        </>
      ) : null}
    </StateBlock>
  )
}

function Facts({ order }: { order: Order }) {
  const { t } = useTranslation('orders')
  const marks = [
    order.on_time_insurance ? t('desk.on_time_insurance') : '',
    order.freight_insurance ? t('desk.freight_insurance') : '',
    order.free_shipping ? t('desk.free_shipping') : '',
  ].filter(Boolean)
  const where = Object.values(order.address).filter(Boolean).join(' ')
  const amounts: [string, number][] = [
    [t('desk.paid'), order.paid_minor],
    [t('desk.refunded'), order.refunded_minor],
    [t('desk.freight'), order.freight_minor],
    [t('desk.discount'), order.discount_minor],
  ]
  return (
    <>
      <dl className="xo-facts">
        {amounts
          .filter(([, minor], place) => place === 0 || minor > 0)
          .map(([name, minor]) => (
            <div key={name} className="xo-fact">
              <dt className="xo-quiet">{name}</dt>
              <dd>
                <Money minor={minor} currency={order.currency} />
              </dd>
            </div>
          ))}
      </dl>
      {where ? (
        <p className="xo-marks">
          <span className="xo-quiet">{t('desk.address')}</span> {where}
        </p>
      ) : null}
      {marks.length > 0 ? (
        <p className="xo-marks">
          {marks.map((mark) => (
            <Tag key={mark}>{mark}</Tag>
          ))}
        </p>
      ) : null}
    </>
  )
}
