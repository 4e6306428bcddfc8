import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { refreshing, useTopic } from '@/realtime/react'
import type { Doors, Whole } from './wire'

/** The first one wins unless the other is newer: answers may overtake each other. */
function newer(have: Whole | undefined, got: Whole): Whole {
  return have && have.version > got.version ? have : got
}

/** One complaint as it stands, told anew whenever something of this side moves. */
export function useComplaint(doors: Doors, id: string) {
  const queries = useQueryClient()
  const key = [...doors.key, 'one', id]
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => newer(queries.getQueryData<Whole>(key), await doors.read(id, signal)),
  })
  useTopic(doors.topic, refreshing(() => query.refetch()))
  const put = useCallback(
    (whole: Whole) => {
      queries.setQueryData<Whole>([...doors.key, 'one', whole.id], (have) => newer(have, whole))
      void queries.invalidateQueries({ queryKey: [...doors.key, 'list'] })
    },
    [queries, doors.key],
  )
  return { query, put }
}
