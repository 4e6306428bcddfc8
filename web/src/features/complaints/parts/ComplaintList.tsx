import { Link } from 'react-router'
import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './complaints.css'
import { Against, Clock, StateTag, TurnWord } from './Standing'
import type { Doors, Line } from './wire'

interface Props {
  doors: Doors
  side: 'by' | 'against' | null
  closed: boolean
  open?: string
}

/** Complaints of one side, the newest first. */
export function ComplaintList({ doors, side, closed, open = '' }: Props) {
  const { t } = useTranslation('complaints')
  const pages = useCursorPages([...doors.key, 'list', side, closed], (after, signal) =>
    doors.list({ closed, ...(side ? { side } : {}), ...(after ? { starting_after: after } : {}) }, signal),
  )
  useTopic(doors.topic, refreshing(async () => pages.refetch()))
  return (
    <StateBlock
      state={stateOf(pages, pages.items.length === 0)}
      skeleton="card"
      title={t('list.none')}
      hint={t('list.none_hint')}
      error={pages.isError ? asRefusal(pages.error) : null}
      onRetry={pages.refetch}
    >
      <ul className="cp-list">
        {pages.items.map((line) => (
          <li key={line.id}>
            <ComplaintRow line={line} to={doors.place.one(line.id)} current={line.id === open} />
          </li>
        ))}
      </ul>
      <MoreRows pages={pages} />
    </StateBlock>
  )
}

/** A complaint in a list: what, of whom, where it stands, whose turn, until when. */
export function ComplaintRow({ line, to, current }: { line: Line; to: string; current: boolean }) {
  const { t } = useTranslation('complaints')
  return (
    <Link to={to} className="cp-item" aria-current={current ? 'page' : undefined}>
      <span className="cp-row">
        <strong>{t(`type.${line.type}` as 'type.abuse')}</strong>
        <Against line={line} />
      </span>
      <span className="cp-row">
        <StateTag line={line} />
        <span className="cp-quiet">
          <TurnWord line={line} />
        </span>
      </span>
      {line.urgent ? <strong>{t('view.urgent')}</strong> : null}
      <Clock line={line} />
      <span className="cp-row cp-quiet">
        <span>{line.order_number || line.number}</span>
        <RelativeTime at={line.moved_at} />
      </span>
    </Link>
  )
}
