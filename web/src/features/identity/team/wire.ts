import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, api, useCursorPages } from '@/api'

export type Member = Answer<'/api/v1/shops/{shop}/team', 'get'>['data'][number]
export type Agent = Answer<'/api/v1/shops/{shop}/agents', 'get'>['data'][number]
export type ShopRole = Member['role']

export function useTeam(shop: string) {
  return useCursorPages(['team', shop], (starting_after, signal) =>
    api.GET('/api/v1/shops/{shop}/team', {
      params: { path: { shop }, query: { limit: 100, ...(starting_after ? { starting_after } : {}) } },
      signal,
    }),
  )
}

export function useAgents(shop: string): ReadonlyMap<string, Agent> {
  const query = useQuery({
    queryKey: ['agents', shop],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/agents', { params: { path: { shop } }, signal }),
  })
  return new Map((query.data?.data ?? []).map((agent) => [agent.person, agent]))
}

/** Both lists again, after a change. */
export function useTeamChanged(shop: string): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['team', shop] }),
      queries.invalidateQueries({ queryKey: ['agents', shop] }),
    ])
  }
}
