/** Lists by cursor: `?limit=&starting_after=` → `{data, has_more, next_cursor}`. */
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import type { Page } from './wire'

export interface CursorPages<Item> {
  items: Item[]
  isPending: boolean
  isError: boolean
  error: unknown
  hasMore: boolean
  isFetchingMore: boolean
  /** Gives to VirtualList's `onEnd`; does nothing while a page is on its way. */
  fetchMore: () => void
  refetch: () => void
}

/** Pages of one list as one array; `fetchPage` is called with the cursor to start after. */
export function useCursorPages<Item>(
  queryKey: readonly unknown[],
  fetchPage: (startingAfter: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  options: { enabled?: boolean; refetchInterval?: number } = {},
): CursorPages<Item> {
  const query = useInfiniteQuery<Page<Item>, Error, InfiniteData<Page<Item>>, readonly unknown[], string | undefined>({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => (page.has_more ? (page.next_cursor ?? undefined) : undefined),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchInterval ?? false,
    // What is asked again and again is told by nobody: whoever opens the list wants to see it as it is now.
    ...(options.refetchInterval ? { staleTime: 0 } : {}),
  })
  return {
    items: query.data?.pages.flatMap((page) => page.data) ?? [],
    isPending: query.isPending,
    isError: query.isError,
    error: query.error,
    hasMore: query.hasNextPage,
    isFetchingMore: query.isFetchingNextPage,
    fetchMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    refetch: () => void query.refetch(),
  }
}
