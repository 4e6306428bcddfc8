import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '@/api'

export type Queue = Answer<'/api/v1/shops/{shop}/queues', 'get'>['data'][number]

export interface Named {
  id: string
  name: string
}

export function useQueues(shop: string, archived: boolean) {
  return useQuery({
    queryKey: ['queues', shop, { archived }],
    queryFn: ({ signal }) =>
      api.GET('/api/v1/shops/{shop}/queues', { params: { path: { shop }, query: { archived } }, signal }),
  })
}

/** Who may serve a queue. */
export function useColleagues(shop: string): readonly Named[] {
  const query = useQuery({
    queryKey: ['team', shop, 'names'],
    queryFn: ({ signal }) =>
      api.GET('/api/v1/shops/{shop}/team', { params: { path: { shop }, query: { limit: 200 } }, signal }),
  })
  return (query.data?.data ?? []).map((one) => ({ id: one.person_id, name: one.display_name }))
}
