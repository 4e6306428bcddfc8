import { useQuery } from '@tanstack/react-query'
import { knownEvent, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { announce } from '@/ui/announce'
import { HarmList } from '../parts/HarmList'
import { listHarms, whyHarmed } from './server'

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
  const harms = query.data ?? []
  return <HarmList harms={harms} reader="buyer" queryKey={['my-order', order, 'harms', 'why', harms.length]} load={(signal) => whyHarmed(order, signal)} />
}
