/** Names of colleagues and queues of the shop, by id. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useParts } from '../parts'
import { useDesk } from './deskStore'

const KEPT_MS = 5 * 60_000

export function useColleagues() {
  const { shop } = useDesk()
  const parts = useParts()
  return useQuery({
    queryKey: ['routing', shop, 'colleagues'],
    queryFn: ({ signal }) => parts.colleagues(shop, signal),
    staleTime: KEPT_MS,
  })
}

export function useQueueNames(enabled = true) {
  const { shop } = useDesk()
  const parts = useParts()
  return useQuery({
    queryKey: ['routing', shop, 'queue names'],
    queryFn: ({ signal }) => parts.queues(shop, signal),
    staleTime: KEPT_MS,
    enabled,
  })
}

export function useNames(): ReadonlyMap<string, string> {
  const { data: colleagues } = useColleagues()
  const { data: queues } = useQueueNames()
  return useMemo(() => {
    const named = [...(colleagues ?? []), ...(queues ?? [])]
    return new Map(named.map(({ id, name }) => [id, name]))
  }, [colleagues, queues])
}
