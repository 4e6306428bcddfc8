/** @jsxImportSource preact */
import i18next from 'i18next'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import './chat.css'
import { ChatEditor, type OrderChoice } from './ChatEditor'
import { ChatLine } from './ChatLine'
import { Place } from './Place'
import type { ChatSession } from './session'
import { Scroller } from './scroller'
import { lines } from './timeline'
import { useWatched } from './useWatched'

export interface ChatViewProps {
  session: ChatSession
  /** The buyer's orders with this shop, to show one as a card. */
  orders?: readonly OrderChoice[]
  /** False while the chat is there but not shown: what comes then is not read. */
  shown?: boolean
  /** Draws the cards of other domains from the body of their entry; null = the chat's own drawing. */
  drawCard?: DrawCard
}

export type DrawCard = (body: Body, all: readonly Body[]) => ComponentChildren
type Body = Readonly<Record<string, unknown>>

const NONE: readonly OrderChoice[] = []

/** A buyer talks with a shop: the same on the buyer's page and in the widget. */
export function ChatView({ session, orders = NONE, shown = true, drawCard }: ChatViewProps) {
  const state = useWatched(session)
  const outbox = useWatched(session.realtime.outbox)
  const mine = useMemo(() => outbox.filter((item) => item.wish.conversation_id === session.id), [outbox, session])
  const drawn = lines(state.timeline, mine, state.marks)
  const bodies = drawCard ? state.timeline.entries.map((entry) => entry.body) : []
  const box = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const [scroller] = useState(() => new Scroller())
  const first = state.timeline.entries[0]?.version ?? 0

  useEffect(() => {
    void session.start()
    return () => session.stop()
  }, [session])

  useLayoutEffect(() => {
    if (box.current) scroller.settle(box.current, first, atEnd)
  }, [scroller, drawn.length, first, atEnd])

  useEffect(() => {
    const view = box.current
    if (!view || !atEnd) return
    // A keyboard comes up, stars stand below: what was in sight at the end stays in sight.
    const watch = new ResizeObserver(() => {
      view.scrollTop = view.scrollHeight
    })
    watch.observe(view)
    return () => watch.disconnect()
  }, [atEnd])

  useEffect(() => {
    const look = () => {
      if (shown && document.visibilityState === 'visible' && atEnd) session.seen()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [session, shown, drawn.length, atEnd])

  const onScroll = () => {
    const view = box.current
    if (!view) return
    setAtEnd(view.scrollHeight - view.scrollTop - view.clientHeight < 40)
    if (view.scrollTop < 80) void session.older()
  }
  const t = i18next.t
  return (
    <section class="k-chat" aria-label={t('conversations:chat.title', { shop: state.conversation.shop.name })}>
      <Place conversation={state.conversation} />
      {/* Whoever has no mouse scrolls it with the keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="k-lines" ref={box} onScroll={onScroll} role="log" aria-live="polite" aria-relevant="additions" tabIndex={0}>
        {state.loading ? <p class="k-quiet">{t('ui:state.loading')}</p> : null}
        {state.timeline.more && !state.loading ? (
          <button type="button" class="k-more" onClick={() => void session.older()}>
            {t('conversations:chat.older')}
          </button>
        ) : null}
        {!state.loading && drawn.length === 0 ? <p class="k-quiet">{t('conversations:chat.empty')}</p> : null}
        {drawn.map((line) => (
          <ChatLine key={line.key} line={line} session={session} own={line.is === 'entry' && line.entry.kind === 'card' ? drawCard?.(line.entry.body, bodies) : null} />
        ))}
        {state.typing ? <p class="k-quiet">{t('conversations:chat.typing', { name: state.typing })}</p> : null}
      </div>
      {!atEnd ? (
        <button type="button" class="k-down" onClick={() => setAtEnd(true)}>
          ↓ {t('conversations:chat.newest')}
        </button>
      ) : null}
      {state.refusal ? (
        <div class="k-refusal" role="alert">
          <span>{state.refusal.message}</span>
          <button type="button" class="k-icon" aria-label={t('ui:action.close')} onClick={() => session.dismiss()}>
            ×
          </button>
        </div>
      ) : null}
      <ChatEditor session={session} orders={orders} />
    </section>
  )
}
