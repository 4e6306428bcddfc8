import { DownOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import type { OutboxItem } from '@/realtime'
import { StateBlock } from '@/ui/StateBlock'
import { VirtualList, type VirtualListHandle } from '@/ui/VirtualList'
import { useHeld } from '../data/useHolding'
import type { TimelineSession, TimelineView } from '../data/timelineSession'
import { LineView } from '../lines/LineView'
import { linesOf } from '../model/lines'
import type { Entry, Summary } from '../wire'
import { usePlace } from './usePlace'

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
  const listRef = useRef<VirtualListHandle>(null)
  // Where the new messages begin is fixed when one comes, and does not wander while one reads.
  const [readUntil] = useState(summary.unread > 0 ? summary.read : null)
  const held = useHeld(summary.id)
  const lines = useMemo(
    () => linesOf(view.timeline, { outbox, held, readUntil }),
    [view.timeline, outbox, held, readUntil],
  )
  const boxRef = useRef<HTMLDivElement>(null)
  const { marked, away, onScroll, toEnd, show } = usePlace({ boxRef, listRef, session, view, lines, at })
  const state = !view.ready ? (view.error ? 'error' : 'loading') : lines.length === 0 ? 'empty' : 'ready'
  return (
    <div ref={boxRef} className="xd-timeline" onScrollCapture={onScroll}>
      <StateBlock
        state={state}
        skeleton="thread"
        title={t('desk.timeline.empty')}
        hint={t('desk.timeline.empty_hint')}
        error={view.error}
        kept={t('desk.kept')}
        onRetry={() => void session.load()}
      >
        <VirtualList
          items={lines}
          itemKey={(line) => line.key}
          estimate={56}
          stick="end"
          label={t('desk.timeline.label', { name: summary.buyer.name })}
          handle={listRef}
          onStart={session.loadOlder}
          onEnd={session.loadNewer}
          render={(line) => <LineView line={line} summary={summary} marked={marked} onReply={onReply} onJump={show} />}
        />
        {away ? (
          <Button className="xd-to-end" size="small" shape="round" icon={<DownOutlined aria-hidden />} onClick={toEnd}>
            {t('desk.timeline.to_end')}
          </Button>
        ) : null}
      </StateBlock>
    </div>
  )
}
