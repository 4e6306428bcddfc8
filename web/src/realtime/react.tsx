/** Realtime for pages made with React. */
import { type QueryClient, QueryClientContext } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Listener } from './channels'
import type { ConnectionView } from './connection'
import type { OutboxItem } from './outbox'
import type { Realtime } from './realtime'

const RealtimeContext = createContext<Realtime | null>(null)

/** Opens the socket for as long as the app is shown. */
export function RealtimeProvider({ realtime, children }: { realtime: Realtime; children: ReactNode }) {
  useEffect(() => {
    realtime.start()
    return () => realtime.stop()
  }, [realtime])
  return <RealtimeContext value={realtime}>{children}</RealtimeContext>
}

export function useRealtime(): Realtime {
  const realtime = useContext(RealtimeContext)
  if (!realtime) throw new Error('useRealtime needs a RealtimeProvider around it')
  return realtime
}

/** A listener; one that `refetches` is told when no query loads for the first time any more. */
type PageListener = Listener & { refetches?: boolean }

/**
 * Listens to a topic while shown; null = not yet. `since` is read when the topic is first joined:
 * load first, then give the topic with the version you loaded.
 */
export function useTopic(topic: string | null, listener: PageListener): void {
  const realtime = useRealtime()
  const queries = useContext(QueryClientContext)
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    if (topic === null) return
    const loaded = (then: () => void) => (queries && latest.current.refetches ? afterFirstLoads(queries, then) : then())
    return realtime.subscribe(topic, {
      since: latest.current.since,
      onEvent: (event) => loaded(() => latest.current.onEvent(event)),
      fetch: async (after, signal) => {
        await new Promise<void>(loaded)
        return latest.current.fetch(after, signal)
      },
      onDropped: (why) => latest.current.onDropped?.(why),
    })
  }, [realtime, topic, queries])
}

/** What a page of react-query listens with: it fetches again whenever something may have changed. */
export function refreshing(refetch: () => Promise<unknown>, onEvent?: Listener['onEvent']): PageListener {
  return {
    since: null,
    refetches: true,
    onEvent: onEvent ?? (() => void refetch()),
    fetch: async () => {
      await refetch()
      return { version: 0 }
    },
  }
}

/**
 * At once, or as soon as no query loads for the first time: whoever fetches again meanwhile is given the load
 * under way (react-query never begins a second one), which may have read what was true before.
 */
export function afterFirstLoads(queries: QueryClient, then: () => void): void {
  const loading = () => queries.isFetching({ predicate: (query) => query.state.data === undefined }) > 0
  if (!loading()) return then()
  const stop = queries.getQueryCache().subscribe(() => {
    if (loading()) return
    stop()
    then()
  })
}

export function useConnection(): ConnectionView {
  const { connection } = useRealtime()
  return useSyncExternalStore(connection.watch, connection.get)
}

/** Unsent messages of one conversation, oldest first: the echo lines of its timeline. */
export function useOutbox(conversationId: string): readonly OutboxItem[] {
  const { outbox } = useRealtime()
  const items = useSyncExternalStore(outbox.watch, outbox.get)
  return useMemo(() => items.filter((item) => item.wish.conversation_id === conversationId), [items, conversationId])
}

/** Tells the others who looks at a conversation, while one does. */
export function useViewing(conversationId: string | null): void {
  const realtime = useRealtime()
  useEffect(() => {
    if (conversationId === null) return
    realtime.viewing(conversationId, true)
    return () => realtime.viewing(conversationId, false)
  }, [realtime, conversationId])
}
