import { DownOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import type { OutboxItem } from '@/realtime'
import { StateBlock } from '@/ui/StateBlock'
import { VirtualList, type VirtualListHandle } from '@/ui/VirtualList'
import { useHeld } from '../data/useHolding'
import type { TimelineSession, TimelineView } from '../data/timelineSession'
import { LineView } from '../lines/LineView'
import { type Line, linesOf } from '../model/lines'
import { isAttached } from '../model/timeline'
import type { Entry, Summary } from '../wire'

export interface TimelineProps {
  summary: Summary
  session: TimelineSession
  view: TimelineView
  outbox: readonly OutboxItem[]
  at: number | null
  onReply: (entry: Entry) => void
}

/** The lines of a conversation; it opens at its end and stands still when older ones come above. */
export function Timeline({ summary, session, view, outbox, at, onReply }: TimelineProps) {
  const { t } = useTranslation('conversations')
  const handle = useRef<VirtualListHandle>(null)
  // Where the new messages begin is fixed when one comes, and does not wander while one reads.
  const [readUntil] = useState(summary.unread > 0 ? summary.read : null)
  const held = useHeld(summary.id)
  const lines = useMemo(
    () => linesOf(view.timeline, { outbox, held, readUntil }),
    [view.timeline, outbox, held, readUntil],
  )
  const { marked, away, onScroll, toEnd, show } = usePlace(handle, session, view, lines, at)
  if (!view.ready) {
    if (view.error) return <StateBlock state="error" error={view.error} kept={t('desk.kept')} onRetry={() => void session.load()} />
    return <div className="xd-timeline"><StateBlock state="loading" skeleton="thread" /></div>
  }
  if (lines.length === 0) return <div className="xd-timeline"><StateBlock state="empty" title={t('desk.timeline.empty')} hint={t('desk.timeline.empty_hint')} /></div>
  return (
    <div className="xd-timeline" onScrollCapture={onScroll}>
      <VirtualList
        items={lines}
        itemKey={(line) => line.key}
        estimate={56}
        stick="end"
        label={t('desk.timeline.label', { name: summary.buyer.name })}
        handle={handle}
        onStart={session.loadOlder}
        onEnd={session.loadNewer}
        render={(line) => <LineView line={line} summary={summary} marked={marked} onReply={onReply} onJump={show} />}
      />
      {away ? (
        <Button className="xd-to-end" size="small" shape="round" icon={<DownOutlined aria-hidden />} onClick={toEnd}>
          {t('desk.timeline.to_end')}
        </Button>
      ) : null}
    </div>
  )
}

const MARKED_MS = 2_500

function usePlace(
  handle: React.RefObject<VirtualListHandle | null>,
  session: TimelineSession,
  view: TimelineView,
  lines: readonly Line[],
  at: number | null,
) {
  const [scrolledAway, setScrolledAway] = useState(false)
  const [marked, setMarked] = useState<number | null>(null)
  const shown = useRef<number | null>(null)
  const { jumpTo } = session
  const { ready } = view
  const show = useCallback((version: number) => void jumpTo(version).then(() => setMarked(version), () => {}), [jumpTo])
  useEffect(() => {
    if (at === null || !ready || shown.current === at) return
    shown.current = at
    show(at)
  }, [at, ready, show])
  const place = marked === null ? -1 : lines.findIndex((line) => line.is === 'entry' && line.entry.version === marked)
  const found = place >= 0
  useEffect(() => {
    if (!found) return
    handle.current?.scrollToIndex(place)
    const timer = setTimeout(() => setMarked(null), MARKED_MS)
    return () => clearTimeout(timer)
    // The place is taken when the line is there; lines that come later do not scroll again.
    // eslint-disable-next-line react/exhaustive-deps
  }, [found, marked, handle])
  return {
    marked,
    show,
    away: scrolledAway || !isAttached(view.timeline),
    onScroll: () => setScrolledAway(!(handle.current?.isAtEnd() ?? true)),
    toEnd: () => {
      if (isAttached(view.timeline)) handle.current?.scrollToEnd()
      else void session.toEnd().then(() => requestAnimationFrame(() => handle.current?.scrollToEnd()))
    },
  }
}
