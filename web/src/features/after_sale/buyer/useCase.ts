import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { knownEvent, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { announce } from '@/ui/announce'
import { newer } from '../parts/look'
import type { CaseWhole } from '../parts/wire'
import { caseKey, readCase } from './server'

/** One case as it stands, told anew whenever it moves; an answer that comes late does not undo a newer one. */
export function useCase(id: string) {
  const { t } = useTranslation('after_sale')
  const me = useMe()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: caseKey(id),
    queryFn: async ({ signal }) => {
      const got = await readCase(id, signal)
      return newer(queries.getQueryData<CaseWhole>(caseKey(id)), got)
    },
  })
  const { refetch } = query
  useTopic(
    `person:${me.id}`,
    refreshing(refetch, (event) => {
      const known = knownEvent(event)
      if (known?.name !== 'after_sale.my_case_moved' || known.body.case !== id) return
      const have = queries.getQueryData<CaseWhole>(caseKey(id))
      if (have && have.version >= known.body.case_version) return
      announce(t(`state.${known.body.state}`))
      void refetch()
    }),
  )
  const put = useCallback(
    (whole: CaseWhole) => {
      queries.setQueryData<CaseWhole>(caseKey(id), (have) => newer(have, whole))
      void queries.invalidateQueries({ queryKey: ['my-cases'] })
    },
    [queries, id],
  )
  return { query, put }
}
