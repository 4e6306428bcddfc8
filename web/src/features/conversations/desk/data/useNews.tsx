/** Listens for one shop: what changes in it, what comes to me, and the words of what is mine. */
import { useQueryClient } from '@tanstack/react-query'
import { refreshing, useTopic } from '@/realtime/react'
import { sorted } from '../model/arrange'
import type { ShelfNews } from '../model/shelf'
import { getConversation } from '../server'
import type { ConversationChanged, EntryAdded, Mentioned, Seen, ServedChanged } from '../wire'
import { useDesk, useShelf } from './deskStore'
import { listKey } from './useViewList'

export function useShopNews(onMention: (mention: Mentioned) => void): void {
  const store = useDesk()
  const queries = useQueryClient()
  const refetch = () => queries.invalidateQueries({ queryKey: ['desk', store.shop, 'list'] })
  useTopic(
    `shop:${store.shop}`,
    refreshing(refetch, ({ name, body }) => {
      if (name === 'conversations.conversation_changed') store.hear({ is: 'changed', body: body as ConversationChanged })
      else if (name === 'routing.agent_changed' || name === 'routing.queues_changed')
        void queries.invalidateQueries({ queryKey: ['routing', store.shop] })
    }),
  )
  useTopic(
    `person:${store.me}`,
    refreshing(refetch, ({ name, body }) => {
      if (name === 'conversations.served_changed') store.hear({ is: 'served', body: body as ServedChanged })
      else if (name === 'conversations.mentioned' && (body as Mentioned).shop === store.shop) {
        void queries.invalidateQueries({ queryKey: listKey(store.shop, 'mentions').slice(0, 4) })
        onMention(body as Mentioned)
      }
    }),
  )
}

/** The conversations whose words are followed: those I serve or have put aside. */
export function useServedIds(): readonly string[] {
  const { byId } = useShelf()
  const { me } = useDesk()
  return [...sorted('mine', byId.values(), me), ...sorted('snoozed', byId.values(), me)].map((summary) => summary.id).toSorted()
}

/** Follows the words of one conversation for the list; draws nothing. */
export function Follow({ id, onEntry }: { id: string; onEntry?: (body: EntryAdded) => void }) {
  const store = useDesk()
  useTopic(`conversation:${id}`, {
    since: store.find(id)?.version ?? 0,
    onEvent: ({ name, body }) => {
      const news = newsOf(name, body)
      if (news) store.hear(news)
      if (news?.is === 'entry') onEntry?.(news.body)
    },
    fetch: async (_after, signal) => {
      const summary = await getConversation({ shop: store.shop, conversation: id }, signal)
      store.put([summary])
      return { version: summary.version, snapshot: true }
    },
  })
  return null
}

function newsOf(name: string, body: unknown): ShelfNews | null {
  if (name === 'conversations.entry_added') return { is: 'entry', body: body as EntryAdded }
  return name === 'conversations.seen' ? { is: 'seen', body: body as Seen } : null
}
