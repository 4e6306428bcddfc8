import {
  BellOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  EyeInvisibleOutlined,
  ExclamationCircleOutlined,
  FormOutlined,
  InboxOutlined,
  ShareAltOutlined,
  StopOutlined,
  SwapOutlined,
  TagOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { type ComponentType, memo } from 'react'
import { useTranslation } from '@/i18n/react'
import { absoluteTime, clockTime, shortTime } from '@/ui/time'
import { useDesk } from '../data/deskStore'
import { useNames } from '../data/useNames'
import { cutMentions } from '../model/mentions'
import type { StaffLine } from '../wire'

const ICONS: Record<string, ComponentType<{ 'aria-hidden': boolean }>> = {
  note: FormOutlined,
  whisper: EyeInvisibleOutlined,
  assigned: UserOutlined,
  stepped_in: UserOutlined,
  transferred: SwapOutlined,
  released: InboxOutlined,
  taken_back: InboxOutlined,
  tagged: TagOutlined,
  snoozed: ClockCircleOutlined,
  woken: ClockCircleOutlined,
  closed: CheckCircleOutlined,
  reopened: CheckCircleOutlined,
  merged: SwapOutlined,
  shared: ShareAltOutlined,
  warned: BellOutlined,
  breached: ExclamationCircleOutlined,
  guard_blocked: StopOutlined,
}

/** What the buyer never sees: notes as quiet cards, the rest as one grey line. */
export const StaffLineView = memo(function StaffLineView({ line }: { line: StaffLine }) {
  return line.kind === 'note' || line.kind === 'whisper' ? <Note line={line} /> : <Happening line={line} />
})

/** Much that came to nothing as one line; what it was stands behind a click. */
export function RunView({ lines }: { lines: readonly StaffLine[] }) {
  const { t } = useTranslation('conversations')
  return (
    <details className="xd-happening">
      <summary>{t('desk.run', { number: lines.length })}</summary>
      {lines.map((line) => (
        <Happening key={line.version} line={line} />
      ))}
    </details>
  )
}

function Note({ line }: { line: StaffLine }) {
  const { t, i18n } = useTranslation('conversations')
  const { me } = useDesk()
  const names = useNames()
  const Icon = ICONS[line.kind] ?? FormOutlined
  const named = line.mentions.map((id) => names.get(id) ?? '')
  const at = Date.parse(line.at)
  return (
    <article className="xd-note" data-kind={line.kind} data-me={line.mentions.includes(me)}>
      <p className="xd-note-head">
        <Icon aria-hidden /> {t(`desk.note.${line.kind === 'whisper' ? 'whisper' : 'note'}`, { name: line.name })}
        <time dateTime={line.at} title={absoluteTime(at, i18n.language)} className="x-figures">
          {clockTime(at, i18n.language)}
        </time>
      </p>
      <p className="xd-words">
        {cutMentions(line.text, named).map((piece, place) =>
          // eslint-disable-next-line react/no-array-index-key -- the pieces of one text never move
          piece.named ? <strong key={place}>{piece.text}</strong> : piece.text,
        )}
      </p>
    </article>
  )
}

function Happening({ line }: { line: StaffLine }) {
  const { i18n } = useTranslation('conversations')
  const Icon = ICONS[line.kind] ?? FormOutlined
  const at = Date.parse(line.at)
  return (
    <p className="xd-happening" data-kind={line.kind} title={absoluteTime(at, i18n.language)}>
      <Icon aria-hidden /> {useSentence(line)} <span className="x-figures">{clockTime(at, i18n.language)}</span>
      {line.text ? <span className="xd-happening-text">{line.text}</span> : null}
    </p>
  )
}

/** What happened, as one sentence in the reader's language. */
function useSentence(line: StaffLine): string {
  const { t, i18n } = useTranslation('conversations')
  const names = useNames()
  const { body } = line
  const name = line.name || t('desk.did.program')
  const other = word(body.to_name) || names.get(word(body.to)) || names.get(word(body.person)) || names.get(line.mentions[0] ?? '') || ''
  switch (line.kind) {
    case 'assigned':
    case 'transferred':
    case 'stepped_in':
      return other && other !== name ? t(`desk.handed.${line.kind}`, { name, other }) : t(`desk.staff.${line.kind}`, { name })
    case 'shared':
      return t('desk.did.shared', { name, other })
    case 'snoozed': {
      const until = Date.parse(word(body.until))
      return t('desk.did.snoozed', { name, time: Number.isNaN(until) ? '' : shortTime(until, Date.parse(line.at), i18n.language) })
    }
    case 'tagged':
      return t('desk.did.tagged', { name, tags: Array.isArray(body.tags) && body.tags.length > 0 ? body.tags.join(', ') : '–' })
    case 'taken_back':
      return t(body.why === 'ignored' ? 'desk.did.taken_back_ignored' : 'desk.did.taken_back', { name })
    case 'woken':
      return line.person_id ? t('desk.did.woken', { name }) : t('desk.did.woken_by_time')
    case 'released':
    case 'closed':
    case 'reopened':
    case 'merged':
    case 'guard_blocked':
      return t(`desk.staff.${line.kind}`, { name })
    case 'warned':
    case 'breached':
      return t(`desk.reply_clock.${line.kind}`)
    default:
      return t('desk.did.other', { name })
  }
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
