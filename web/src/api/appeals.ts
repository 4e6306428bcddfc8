/** Whether a decision may be appealed: asked wherever one is shown, and again where an appeal is lodged. */
import { useQuery } from '@tanstack/react-query'
import { api } from './page'
import { useReach } from './session'
import type { Answer } from './wire'

export type AppealRight = Answer<'/public/v1/me/appeals/right', 'get'>
export type AppealKind = Answer<'/public/v1/me/appeals', 'get'>['data'][number]['target_kind']
/** In whose name somebody appeals: his own, or a shop's. */
export type AppealPlace = { shop: string } | null

/** What the server says of an appeal now: until when, or why not. */
export function useAppealRight(place: AppealPlace, kind: AppealKind, target: string, enabled = true) {
  const may = useReach(place ? 'appeals.read' : 'my_appeals.read') !== 'none'
  return useQuery({
    queryKey: ['appeals', place?.shop ?? 'me', 'right', kind, target],
    enabled: enabled && may,
    queryFn: ({ signal }): Promise<AppealRight> => {
      const query = { kind, target }
      return place
        ? api.GET('/api/v1/shops/{shop}/appeals/right', { params: { path: place, query }, signal })
        : api.GET('/public/v1/me/appeals/right', { params: { query }, signal })
    },
  })
}
