import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type Answer, api } from '@/api'
import { refreshing, useTopic } from '@/realtime/react'

export type Live = Answer<'/api/v1/shops/{shop}/live', 'get'>
export type AtBoard = Live['at_risk'][number]
export type Agent = Live['agents'][number]
export type Line = Live['lines'][number]
export interface Named {
  id: string
  name: string
}

const EVERY_MS = 10_000
/** A busy shop tells of several changes a second; the board asks once for all of them. */
const PAUSE_MS = 1_000

/** How the desk stands, asked again when something happens in the shop and every ten seconds. */
export function useLive(shop: string) {
  const query = useQuery({
    queryKey: ['live', shop],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/live', { params: { path: { shop } }, signal }),
    refetchInterval: EVERY_MS,
  })
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
      timer.current = null
    },
    [],
  )
  const refetch = () => query.refetch({ cancelRefetch: false })
  useTopic(
    `shop:${shop}`,
    refreshing(refetch, () => {
      timer.current ??= setTimeout(() => {
        timer.current = null
        void refetch()
      }, PAUSE_MS)
    }),
  )
  return query
}

export function useQueueNames(shop: string): readonly Named[] {
  const query = useQuery({
    queryKey: ['queues', shop],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/queues', { params: { path: { shop } }, signal }),
  })
  return query.data?.data ?? []
}

export function useTeamNames(shop: string): readonly Named[] {
  const query = useQuery({
    queryKey: ['team', shop, 'names'],
    queryFn: ({ signal }) =>
      api.GET('/api/v1/shops/{shop}/team', { params: { path: { shop }, query: { limit: 200 } }, signal }),
  })
  return (query.data?.data ?? []).map((member) => ({ id: member.person_id, name: member.display_name }))
}

export function nameOf(names: readonly Named[], id: string | null | undefined): string | null {
  return names.find((one) => one.id === id)?.name ?? null
}
