/** A file as an entry carries it, and the addresses it can be opened by now. */
import { useQuery } from '@tanstack/react-query'
import { getFile } from '../server'
import type { Entry } from '../wire'

export interface FileFacts {
  id: string
  name: string
  media_type: string
  size_bytes: number
  width?: number
  height?: number
}

export function fileOf(entry: Entry): FileFacts | null {
  const { file } = entry.body
  return typeof file === 'object' && file !== null && 'id' in file ? (file as FileFacts) : null
}

/** Addresses are signed for two hours at least. */
const ADDRESS_KEPT_MS = 90 * 60_000

export function useFileAddress(id: string | undefined) {
  return useQuery({
    queryKey: ['file', id],
    queryFn: ({ signal }) => getFile(id ?? '', signal),
    enabled: id !== undefined,
    staleTime: ADDRESS_KEPT_MS,
    gcTime: ADDRESS_KEPT_MS,
    refetchOnWindowFocus: false,
  })
}
