/** @jsxImportSource preact */
import i18next from 'i18next'
import { useEffect, useState } from 'preact/hooks'
import type { Api } from '@/api/client'
import { asRefusal } from '@/api/refusal'
import type { Me } from '@/api/wire'
import { ChatView } from '@/features/conversations/chat/ChatView'
import { ChatSession } from '@/features/conversations/chat/session'
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
export function Widget({ api, realtime, settings, host }: WidgetProps) {
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
        host?.tell({ xiaoer: 'unread', count: conversation.unread })
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
        {session ? <ChatView session={session} /> : null}
      </main>
    </div>
  )
}
