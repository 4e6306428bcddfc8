import { CarOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { RelativeTime } from '@/ui/RelativeTime'
import { latestEvents, parcelState } from './parcels'
import type { Parcel } from './server'

const SHOWN = 3

/** Where a parcel is: carrier, number, the last lines of its log. */
export function ParcelView({ parcel }: { parcel: Parcel }) {
  const { t } = useTranslation('orders')
  return (
    <section className="xo-parcel" aria-label={t('desk.parcel')}>
      <p className="xo-parcel-head">
        <CarOutlined aria-hidden /> {parcel.carrier ?? t('desk.parcel')}
        {parcel.tracking_number ? <Copyable text={parcel.tracking_number} /> : null}
        <Tag className="xo-state">{t(`parcel.${parcelState(parcel)}`)}</Tag>
      </p>
      <ol className="xo-log">
        {latestEvents(parcel, SHOWN).map((event) => (
          <li key={`${event.at ?? ''} ${event.text}`}>
            {event.text} {event.at ? <span className="xo-quiet"><RelativeTime at={event.at} /></span> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
