import { useQuery } from '@tanstack/react-query'
import { knownEvent, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { announce } from '@/ui/announce'
import { RelativeTime } from '@/ui/RelativeTime'
import { listHarms } from './server'

/** What carriers said of the parcels of an order before they came: lost or broken, and what follows from it. */
export function Harms({ order }: { order: string }) {
  const { t } = useTranslation('after_sale')
  const me = useMe()
  const query = useQuery({ queryKey: ['my-order', order, 'harms'], queryFn: ({ signal }) => listHarms(order, signal) })
  useTopic(
    `person:${me.id}`,
    refreshing(query.refetch, (event) => {
      const known = knownEvent(event)
      if (known?.name !== 'after_sale.my_parcel_harmed' || known.body.purchase !== order) return
      announce(t(`harm.${known.body.harm}`, { number: known.body.number }))
      void query.refetch()
    }),
  )
  return (query.data ?? []).map((one) => (
    <div key={`${one.number}${one.harm}`}>
      <p>
        <strong>{t(`harm.${one.harm}`, { number: one.number })}</strong> · <RelativeTime at={one.at} />
      </p>
      {one.text ? <p>{one.text}</p> : null}
      <p>{t(`harm_borne.${one.bearer}`)}</p>
    </div>
  ))
}
