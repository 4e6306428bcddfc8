/** One list of the desk: pages from the server on the shelf, in the order that is shown. */
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { arrange, belongs, isSorted, sorted, type View } from '../model/arrange'
import type { Page, Summary } from '../wire'
import { listConversations } from '../server'
import { useDesk, useShelf } from './deskStore'

export interface ListFilter {
  queue?: string
  tag?: string
}

export interface ViewList {
  /** In the order that is shown; while the list is held a line may have left its view. */
  ids: readonly string[]
  /** In the order that would be shown if the list were let go. */
  wanted: readonly string[]
  isPending: boolean
  error: Error | null
  hasMore: boolean
  more: () => void
  refetch: () => void
}

const PAGE_SIZE: Record<View, number> = { mine: 200, queue: 100, snoozed: 100, mentions: 50, all: 50, closed: 50 }

export function listKey(shop: string, view: View, filter: ListFilter = {}): readonly unknown[] {
  return ['desk', shop, 'list', view, filter.queue ?? '', filter.tag ?? '']
}

/** The ids a list has, kept fresh; `enabled: false` shows what is known without asking. */
export function useViewIds(view: View, filter: ListFilter, enabled: boolean) {
  const store = useDesk()
  const shelf = useShelf()
  const query = useInfiniteQuery<Page<Summary>, Error, InfiniteData<Page<Summary>>, readonly unknown[], string | undefined>({
    queryKey: listKey(store.shop, view, filter),
    queryFn: ({ pageParam, signal }) =>
      listConversations(
        store.shop,
        { view, limit: PAGE_SIZE[view], ...filter, ...(pageParam ? { starting_after: pageParam } : {}) },
        signal,
      ),
    initialPageParam: undefined,
    getNextPageParam: (page) => (page.has_more ? (page.next_cursor ?? undefined) : undefined),
    enabled,
    staleTime: 30_000,
  })
  const { data, hasNextPage } = query
  useEffect(() => {
    if (!data) return
    const items = data.pages.flatMap((page) => page.data)
    store.put(items)
    if (hasNextPage || !isSorted(view) || filter.queue || filter.tag) return
    // The server's list is whole: what we believe to stand in it and does not is asked for again.
    const listed = new Set(items.map((item) => item.id))
    const known = sorted(view, store.shelf.get().byId.values(), store.me)
    store.doubt(known.filter((summary) => !listed.has(summary.id)).map((summary) => summary.id))
  }, [data, hasNextPage, store, view, filter.queue, filter.tag])

  const wanted = useMemo(() => {
    const listed = (data?.pages ?? []).flatMap((page) => page.data.map((item) => item.id))
    if (isSorted(view) && !filter.tag && !filter.queue) return sorted(view, shelf.byId.values(), store.me).map((each) => each.id)
    return [...new Set(listed)].filter((id) => {
      const summary = shelf.byId.get(id)
      return summary !== undefined && belongs(view, summary, store.me)
    })
  }, [data, shelf.byId, view, filter.tag, filter.queue, store.me])
  return { query, wanted }
}

/** The list that is looked at; `held` while somebody points at it. */
export function useViewList(view: View, filter: ListFilter, held: boolean): ViewList {
  const { query, wanted } = useViewIds(view, filter, true)
  const [shown, setShown] = useState<readonly string[]>(wanted)
  const name = `${view} ${filter.queue ?? ''} ${filter.tag ?? ''}`
  const [shownName, setShownName] = useState(name)
  const next = arrange(wanted, shownName === name ? shown : [], held && shownName === name)
  if (next !== shown || shownName !== name) {
    setShown(next)
    setShownName(name)
  }
  return {
    ids: next,
    wanted,
    isPending: query.isPending,
    error: query.isError && wanted.length === 0 ? query.error : null,
    hasMore: query.hasNextPage,
    more: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    refetch: () => void query.refetch(),
  }
}

const QUEUE_NEWS_MS = 1_500

/** Asks for the queue anew when something may have entered it: at most once in a while. */
export function useQueueNews(): void {
  const { shelf, shop } = useDesk()
  const queries = useQueryClient()
  useEffect(() => {
    let heard = shelf.get().queueNews
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = shelf.watch(() => {
      const { queueNews } = shelf.get()
      if (queueNews === heard) return
      heard = queueNews
      if (timer !== null) return
      timer = setTimeout(() => {
        timer = null
        void queries.invalidateQueries({ queryKey: listKey(shop, 'queue').slice(0, 4) })
      }, QUEUE_NEWS_MS)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [shelf, shop, queries])
}
