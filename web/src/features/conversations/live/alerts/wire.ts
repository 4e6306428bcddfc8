import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Body, useReach } from '@/api'
import { refreshing, useTopic } from '@/realtime/react'

export type OpenAlert = Answer<'/api/v1/shops/{shop}/alerts', 'get'>['data'][number]
export type Alert = OpenAlert['alert']
export type Acknowledgement = Body<'/api/v1/shops/{shop}/alerts/{alert}/acknowledge', 'post'>
export type Did = Acknowledgement['did']
export const DIDS: readonly Did[] = ['watched', 'whispered', 'stepped_in', 'reassigned', 'nothing']

const LATELY = 5

/** What somebody should look at now, told over the socket; and what was dealt with lately. */
export function useAlerts(shop: string) {
  const may = useReach('alerts.read') !== 'none'
  const open = useQuery({
    queryKey: ['alerts', shop, 'open'],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/alerts', { params: { path: { shop } }, signal }),
    enabled: may,
  })
  const all = useQuery({
    queryKey: ['alerts', shop, 'all'],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/alerts/all', { params: { path: { shop }, query: { limit: 20 } }, signal }),
    enabled: may,
  })
  const refetch = async () => {
    await Promise.all([open.refetch({ cancelRefetch: false }), all.refetch({ cancelRefetch: false })])
  }
  useTopic(may ? `shop:${shop}` : null, refreshing(refetch, (event) => HEARD.has(event.name) && void refetch()))
  const done = (all.data?.data ?? []).filter((one) => one.did != null).slice(0, LATELY)
  return { open: open.data?.data ?? [], done, refetch }
}

/** An alert comes, is dealt with, or its conversation stands differently. */
const HEARD: ReadonlySet<string> = new Set(['inspection.alert_raised', 'inspection.alert_acknowledged', 'conversations.conversation_changed'])

export async function acknowledge(shop: string, alert: string, body: Acknowledgement): Promise<void> {
  await api.POST('/api/v1/shops/{shop}/alerts/{alert}/acknowledge', { params: { path: { shop, alert } }, body })
}

export function whyAlert(shop: string, alert: string, signal: AbortSignal) {
  return api.GET('/api/v1/shops/{shop}/alerts/{alert}/why', { params: { path: { shop, alert } }, signal })
}
