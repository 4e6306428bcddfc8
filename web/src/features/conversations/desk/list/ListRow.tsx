import { Tag } from 'antd'
import { memo } from 'react'
import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { useDesk, useSummary } from '../data/deskStore'
import { Follow } from '../data/useNews'
import type { Summary } from '../wire'
import { useLastWords } from './useLastWords'
import { WaitClock } from './WaitClock'

export interface ListRowProps {
  id: string
  /** Its number key, 1 to 9; 0 for none. */
  number: number
  address: string
  open: boolean
  /** It has left this list and waits for the eye to leave, too. */
  gone: boolean
  showServed: boolean
}

/** One conversation in a list: buyer, last words, clock, unread, tags. */
export const ListRow = memo(function ListRow({ id, number, address, open, gone, showServed }: ListRowProps) {
  const summary = useSummary(id)
  const { me } = useDesk()
  const { t } = useTranslation('conversations')
  if (!summary) return <div className="xd-row xd-gone" aria-hidden />
  return (
    <>
      {summary.assignee?.id === me ? null : <Follow id={id} />}
      <Link
        to={address}
        className={`xd-row${gone ? ' xd-gone' : ''}`}
        aria-current={open ? 'true' : undefined}
        data-unread={summary.unread > 0}
        data-conversation={id}
      >
        <span className="xd-row-number" aria-hidden>
          {number || ''}
        </span>
        <span className="xd-row-name">
          {summary.buyer.name || t('desk.buyer.nameless')}
          {summary.buyer.visitor ? <span className="xd-quiet"> · {t('desk.buyer.visitor')}</span> : null}
        </span>
        <span className="xd-row-clock">
          <WaitClock summary={summary} short />
        </span>
        <LastWords summary={summary} />
        {summary.unread > 0 ? <Unread count={summary.unread} /> : null}
        <Labels summary={summary} showServed={showServed} />
      </Link>
    </>
  )
})

function LastWords({ summary }: { summary: Summary }) {
  return <span className="xd-row-words">{useLastWords(summary)}</span>
}

function Unread({ count }: { count: number }) {
  const { t } = useTranslation('conversations')
  return (
    <span className="xd-badge" title={t('desk.list.unread', { count })}>
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="x-heard">{t('desk.list.unread', { count })}</span>
    </span>
  )
}

function Labels({ summary, showServed }: { summary: Summary; showServed: boolean }) {
  const { t } = useTranslation('conversations')
  const served = summary.assignee ? summary.assignee.name : (summary.queue_name ?? '')
  if (summary.tags.length === 0 && !showServed) return null
  return (
    <span className="xd-row-labels">
      {showServed ? <span className="xd-quiet">{[t(`desk.state.${summary.state}`), served].filter(Boolean).join(' · ')}</span> : null}
      {summary.tags.slice(0, 3).map((tag) => (
        <Tag key={tag} className="xd-tag">
          {tag}
        </Tag>
      ))}
    </span>
  )
}
