import { useTranslation } from '@/i18n/react'
import { useNow } from '@/ui/serverClock'
import { dayOf } from '@/ui/time'
import type { Line } from '../model/lines'
import type { Entry, Summary } from '../wire'
import { EchoLine } from './EchoLine'
import { EntryLine } from './EntryLine'
import { HeldLine } from './HeldLine'
import { RunView, StaffLineView } from './StaffLineView'

export interface LineViewProps {
  line: Line
  summary: Summary
  /** The entry that was jumped to. */
  marked: number | null
  onReply: (entry: Entry) => void
  onJump: (version: number) => void
}

/** One line of a timeline, each kind in its own quiet style. */
export function LineView({ line, summary, marked, onReply, onJump }: LineViewProps) {
  switch (line.is) {
    case 'day':
      return <Day at={line.at} />
    case 'consultation':
      return <Consultation number={line.number} />
    case 'unread':
      return <Unread />
    case 'entry':
      return (
        <EntryLine
          entry={line.entry}
          opens={line.opens}
          delivery={line.delivery}
          newest={line.newest}
          summary={summary}
          marked={marked === line.entry.version}
          onReply={onReply}
          onJump={onJump}
        />
      )
    case 'staff':
      return <StaffLineView line={line.line} />
    case 'run':
      return <RunView lines={line.lines} />
    case 'echo':
      return <EchoLine item={line.item} />
    case 'held':
      return <HeldLine held={line.held} />
  }
}

const DAY_MS = 86_400_000

function Day({ at }: { at: string }) {
  const { t, i18n } = useTranslation('conversations')
  const time = Date.parse(at)
  const now = useNow(60_000)
  const day = dayOf(time)
  if (day === dayOf(now)) return <Separator text={t('desk.day.today')} />
  if (day === dayOf(now - DAY_MS)) return <Separator text={t('desk.day.yesterday')} />
  const sameYear = day.slice(0, 4) === dayOf(now).slice(0, 4)
  const format = new Intl.DateTimeFormat(i18n.language, {
    ...(sameYear ? {} : { year: 'numeric' as const }),
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  })
  return <Separator text={format.format(time)} />
}

function Consultation({ number }: { number: number }) {
  const { t } = useTranslation('conversations')
  return <Separator text={t('desk.consultation', { number })} />
}

function Unread() {
  const { t } = useTranslation('conversations')
  return <Separator text={t('desk.unread_from_here')} accent />
}

function Separator({ text, accent = false }: { text: string; accent?: boolean }) {
  return (
    <div className="xd-separator" role="separator" aria-label={text} data-accent={accent}>
      <span>{text}</span>
    </div>
  )
}
