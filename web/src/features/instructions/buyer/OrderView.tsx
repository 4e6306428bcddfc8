import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import './instructions.css'
import type { Order } from './server'

/** One order as its buyer sees it: what, how much, where to, and where its parcels are. */
export function OrderView({ order }: { order: Order }) {
  const { t } = useTranslation(['instructions', 'orders'])
  return (
    <section className="in-card">
      <h1>{t(`orders:state.${order.state}`)}</h1>
      <p>
        <Link to={`/shops/${order.shop_id}`}>{order.shop_name}</Link> · <Copyable text={order.external_id} />
      </p>
      <ul className="in-items">
        {order.items.map((item) => (
          <li key={item.id}>
            <span>
              {item.title}
              <span className="in-quiet"> {Object.values(item.options).join(' · ')}</span>
            </span>
            <span>
              <Money minor={item.unit_price_minor} currency={order.currency} /> × {item.quantity}
            </span>
          </li>
        ))}
      </ul>
      <dl className="in-facts">
        <dt>{t('buyer.total')}</dt>
        <dd>
          <strong>
            <Money minor={order.total_minor} currency={order.currency} />
          </strong>
        </dd>
        {order.refunded_minor > 0 ? (
          <>
            <dt>{t('buyer.refunded')}</dt>
            <dd>
              <Money minor={order.refunded_minor} currency={order.currency} />
            </dd>
          </>
        ) : null}
        {order.placed_at ? (
          <>
            <dt>{t('buyer.placed')}</dt>
            <dd>
              <RelativeTime at={order.placed_at} />
            </dd>
          </>
        ) : null}
        {Object.keys(order.address).length > 0 ? (
          <>
            <dt>{t('buyer.address')}</dt>
            <dd>{Object.values(order.address).filter(Boolean).join(' ')}</dd>
          </>
        ) : null}
        {order.parcels.map((parcel) => (
          <ParcelFact key={parcel.id} parcel={parcel} />
        ))}
      </dl>
    </section>
  )
}

function ParcelFact({ parcel }: { parcel: Order['parcels'][number] }) {
  const { t } = useTranslation('instructions')
  const last = parcel.events.at(-1)
  return (
    <>
      <dt>{t('buyer.parcel')}</dt>
      <dd>
        {parcel.carrier} {parcel.tracking_number ? <Copyable text={parcel.tracking_number} /> : null}
        {last ? <div className="in-quiet">{last.text}</div> : null}
      </dd>
    </>
  )
}
