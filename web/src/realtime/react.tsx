/** Realtime for pages made with React. */
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

/**
 * Listens to a topic while shown; null = not yet. `since` is read when the topic is first joined:
 * load first, then give the topic with the version you loaded.
 */
export function useTopic(topic: string | null, listener: Listener): void {
  const realtime = useRealtime()
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    if (topic === null) return
    return realtime.subscribe(topic, {
      since: latest.current.since,
      onEvent: (event) => latest.current.onEvent(event),
      fetch: (after, signal) => latest.current.fetch(after, signal),
      onDropped: (why) => latest.current.onDropped?.(why),
    })
  }, [realtime, topic])
}

/** What a page of react-query listens with: it fetches again whenever something may have changed. */
export function refreshing(refetch: () => Promise<unknown>, onEvent?: Listener['onEvent']): Listener {
  return {
    since: null,
    onEvent: onEvent ?? (() => void refetch()),
    fetch: async () => {
      await refetch()
      return { version: 0 }
    },
  }
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
