/** @jsxImportSource preact */
import i18next from 'i18next'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Api } from '@/api/client'
import { asRefusal } from '@/api/refusal'
import type { Me } from '@/api/wire'
import { caseCards } from '@/features/after_sale/chat/CaseCard'
import { packetCards } from '@/features/compensation/chat/PacketCard'
import { ChatView, type DrawCard } from '@/features/conversations/chat/ChatView'
import { ChatSession } from '@/features/conversations/chat/session'
import { lastVersion, unreadAfter } from '@/features/conversations/chat/timeline'
import { useWatched } from '@/features/conversations/chat/useWatched'
import type { Realtime } from '@/realtime'
import type { WidgetSettings } from '../loader/settings'
import type { Host } from './host'

export interface WidgetProps {
  api: Api
  realtime: Realtime
  me: Me
  settings: WidgetSettings
  /** null when the page is not in a frame. */
  host: Host | null
}

/** The buyer's chat on other people's pages. */
export function Widget({ api, realtime, me, settings, host }: WidgetProps) {
  const { offline } = useWatched(realtime.connection)
  const [session, setSession] = useState<ChatSession | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const t = i18next.t

  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    setTrouble(null)
    api
      .POST('/public/v1/shops/{shop}/conversation', { params: { path: { shop: settings.shop } } })
      .then((conversation) => {
        setSession(new ChatSession(api, realtime, conversation))
      })
      .catch((error: unknown) => setTrouble(asRefusal(error).message))
  }, [api, realtime, settings.shop, host, attempt])

  return (
    <div class="w-page">
      <header class="w-head">
        <h1 class="w-title">{session?.get().conversation.shop.name ?? t('ui:app.widget')}</h1>
        {host ? (
          <button type="button" class="w-icon" aria-label={t('ui:action.close')} onClick={() => host.tell({ xiaoer: 'close' })}>
            ×
          </button>
        ) : null}
      </header>
      {offline ? (
        <div role="status" class="w-offline">
          {t('ui:offline.text')}
        </div>
      ) : null}
      <main class="w-main">
        {trouble ? (
          <p role="alert" class="k-quiet">
            {trouble}{' '}
            <button type="button" class="k-link" onClick={() => setAttempt(attempt + 1)}>
              {t('ui:action.retry')}
            </button>
          </p>
        ) : null}
        {session ? <Talk session={session} person={me.id} host={host} /> : null}
      </main>
    </div>
  )
}

/** The chat, and for the page around it how much of it has not been read. */
function Talk({ session, person, host }: { session: ChatSession; person: string; host: Host | null }) {
  const shown = useShown(host)
  const { conversation, timeline, loading } = useWatched(session)
  // Counted from the last look: what had been unread before, and what came since.
  const beforeRef = useRef(conversation.unread)
  const seenRef = useRef<number | null>(null)
  useEffect(() => {
    if (loading === 'first') return
    seenRef.current ??= lastVersion(timeline)
    if (shown) {
      beforeRef.current = 0
      seenRef.current = lastVersion(timeline)
    }
    host?.tell({ xiaoer: 'unread', count: beforeRef.current + unreadAfter(timeline, seenRef.current) })
  }, [host, shown, timeline, loading])
  const [drawCard] = useState((): DrawCard => {
    const { api, realtime } = session
    const cases = caseCards({ now: realtime.serverNow })
    const packets = packetCards({ api, realtime, person })
    return (body, all) => cases(body, all) ?? packets(body)
  })
  return <ChatView session={session} shown={shown} drawCard={drawCard} />
}

/** Whether the page around shows us; alone in a window we are always shown. */
function useShown(host: Host | null): boolean {
  const [shown, setShown] = useState(host?.isShown() ?? true)
  useEffect(() => {
    if (!host) return undefined
    setShown(host.isShown())
    return host.onMessage((message) => {
      if (message.xiaoer === 'shown') setShown(message.shown)
    })
  }, [host])
  return shown
}
