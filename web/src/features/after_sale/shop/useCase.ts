/** One case as it stands, kept fresh by what the shop's topic tells. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { EventBodies } from '@/api/events'
import { refreshing, useTopic } from '@/realtime/react'
import { newer } from '../parts/look'
import type { CaseWhole } from '../parts/wire'
import { type At, getCase } from './server'

export type Moved = EventBodies['after_sale.case_moved']
export type Opened = EventBodies['after_sale.case_opened']

export function caseKey({ shop, case: id }: At): readonly unknown[] {
  return ['after_sale', shop, 'case', id]
}

export function useCase(at: At): UseQueryResult<CaseWhole> {
  const queries = useQueryClient()
  const key = caseKey(at)
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => newer(queries.getQueryData<CaseWhole>(key), await getCase(at, signal)),
  })
  const version = query.data?.version
  const { refetch } = query
  useTopic(
    `shop:${at.shop}`,
    refreshing(refetch, ({ name, body }) => {
      if (name !== 'after_sale.case_moved') return
      const moved = body as Moved
      if (moved.case === at.case && (version === undefined || moved.case_version > version)) void refetch()
    }),
  )
  return query
}

/** Puts a case that a deed has answered with in its place, and has the lists asked again. */
export function usePutCase(): (whole: CaseWhole) => void {
  const queries = useQueryClient()
  return useCallback(
    (whole: CaseWhole) => {
      const at = { shop: whole.shop_id, case: whole.id }
      queries.setQueryData<CaseWhole>(caseKey(at), (have) => newer(have, whole))
      void queries.invalidateQueries({ queryKey: [...caseKey(at), 'why'] })
      void queries.invalidateQueries({ queryKey: ['after_sale', whole.shop_id, 'of_buyer'] })
    },
    [queries],
  )
}
