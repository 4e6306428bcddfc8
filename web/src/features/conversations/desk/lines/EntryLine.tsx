import { CheckOutlined, EllipsisOutlined, EyeOutlined, StopOutlined } from '@ant-design/icons'
import { memo } from 'react'
import { useTranslation } from '@/i18n/react'
import { copyText } from '@/ui/Copyable'
import { useFromNow } from '@/ui/serverClock'
import { absoluteTime, clockTime } from '@/ui/time'
import { useDesk } from '../data/deskStore'
import { useDeeds } from '../data/useDeeds'
import { Menu, type MenuItem } from '../Menu'
import type { Delivery } from '../model/lines'
import { useParts } from '../parts'
import type { Entry, Summary } from '../wire'
import { Content } from './Content'

export interface EntryLineProps {
  entry: Entry
  /** The first of several by one person: it carries the name. */
  opens: boolean
  delivery: Delivery | null
  /** Of several cards of one case only the last is live. */
  newest: boolean
  summary: Summary
  marked: boolean
  onReply: (entry: Entry) => void
  onJump: (version: number) => void
}

/** One message. */
export const EntryLine = memo(function EntryLine(props: EntryLineProps) {
  const { entry, opens, delivery, marked, newest } = props
  const { t, i18n } = useTranslation('conversations')
  if (entry.kind === 'system') return <p className="xd-system">{entry.shown ?? entry.text}</p>
  const side = entry.role === 'buyer' ? 'buyer' : 'shop'
  const time = Date.parse(entry.at)
  return (
    <article className="xd-entry" data-side={side} data-opens={opens} data-marked={marked} data-recalled={entry.recalled}>
      {opens ? (
        <p className="xd-entry-head">
          <span className="xd-entry-name">{entry.name || t(`desk.role.${entry.role}`)}</span>
          {side === 'shop' && entry.role !== 'agent' ? <span className="xd-quiet"> · {t(`desk.role.${entry.role}`)}</span> : null}
        </p>
      ) : null}
      <div className="xd-entry-row">
        <div className="xd-bubble" data-kind={entry.kind}>
          {entry.recalled ? <p className="xd-recalled"><StopOutlined aria-hidden /> {t('desk.recalled')}</p> : null}
          <Quoted entry={entry} onJump={props.onJump} />
          <Content entry={entry} newest={newest} />
          <GuardMark entry={entry} />
        </div>
        <span className="xd-entry-foot">
          <time dateTime={entry.at} title={absoluteTime(time, i18n.language)} className="x-figures">
            {clockTime(time, i18n.language)}
          </time>
          {delivery ? <DeliveryMark delivery={delivery} /> : null}
        </span>
        <EntryMenu {...props} />
      </div>
    </article>
  )
})

function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('conversations')
  const text = t(`desk.delivery.${delivery}`)
  return (
    <span className="xd-delivery" data-delivery={delivery} title={text}>
      {delivery === 'read' ? <EyeOutlined aria-hidden /> : <CheckOutlined aria-hidden />}
      {delivery === 'sent' ? null : <span aria-hidden>{text}</span>}
      <span className="x-heard">{text}</span>
    </span>
  )
}

function GuardMark({ entry }: { entry: Entry }) {
  const { Marked } = useParts()
  if (!entry.guard?.findings.length && !entry.guard?.overridden.length) return null
  return <Marked guard={entry.guard} />
}

function Quoted({ entry, onJump }: { entry: Entry; onJump: (version: number) => void }) {
  const { t } = useTranslation('conversations')
  const target = entry.body.reply_to
  if (typeof target !== 'number') return null
  return (
    <button type="button" className="xd-quoted x-plain" onClick={() => onJump(target)}>
      {t('desk.reply.to', { version: target })}
    </button>
  )
}

/** Own words may be taken back for a while; the server decides how long. */
const RECALL_MS = 120_000

function EntryMenu({ entry, onReply }: EntryLineProps) {
  const { t } = useTranslation('conversations')
  const { shop, me } = useDesk()
  const deeds = useDeeds({ shop, conversation: entry.conversation_id })
  const at = Date.parse(entry.at)
  const mayRecall = useFromNow((now) => entry.person_id === me && !entry.recalled && now - at < RECALL_MS)
  const items: MenuItem[] = []
  if (entry.kind === 'text') items.push({ key: 'copy', label: t('desk.entry.copy'), run: () => void copyText(entry.shown ?? entry.text) })
  if (!entry.recalled) items.push({ key: 'reply', label: t('desk.entry.reply'), run: () => onReply(entry) })
  if (mayRecall) items.push({ key: 'recall', label: t('desk.entry.recall'), run: () => void deeds.recall(entry.version), danger: true })
  if (items.length === 0) return null
  return (
    <span className="xd-entry-menu">
      <Menu label={t('desk.entry.menu')} icon={<EllipsisOutlined aria-hidden />} items={items} size="small" placement="bottomLeft" />
    </span>
  )
}
