import { ArrowLeftOutlined, EyeOutlined, LayoutOutlined } from '@ant-design/icons'
import { Button, Tag, Tooltip } from 'antd'
import { useTranslation } from '@/i18n/react'
import { useWhoViews } from '../data/usePresence'
import { WaitClock } from '../list/WaitClock'
import type { Presence } from '../model/presence'
import type { Summary } from '../wire'
import { HeaderActions } from './HeaderActions'

export interface HeaderProps {
  summary: Summary
  presence: Presence
  /** Back to the list, where only one column fits. */
  back: (() => void) | null
  /** Opens the right column where it does not stand open by itself. */
  side: (() => void) | null
}

/** Who it is, how it stands, until when, and what one can do. */
export function Header({ summary, presence, back, side }: HeaderProps) {
  const { t } = useTranslation('conversations')
  return (
    <header className="xd-head">
      {back ? <Button type="text" icon={<ArrowLeftOutlined aria-hidden />} aria-label={t('desk.back')} onClick={back} /> : null}
      <div className="xd-head-who">
        <h2 className="xd-head-name">{summary.buyer.name || t('desk.buyer.nameless')}</h2>
        <State summary={summary} />
        <WaitClock summary={summary} />
        <Viewers presence={presence} />
      </div>
      <HeaderActions summary={summary} />
      {side ? <Button type="text" icon={<LayoutOutlined aria-hidden />} aria-label={t('desk.side.open')} title={t('desk.side.open')} onClick={side} /> : null}
    </header>
  )
}

const COLOURS: Partial<Record<Summary['state'], string>> = { queued: 'orange', assigned: 'blue', snoozed: 'default', closed: 'default' }

function State({ summary }: { summary: Summary }) {
  const { t } = useTranslation('conversations')
  const who = summary.assignee?.name ?? summary.queue_name
  return (
    <Tag color={COLOURS[summary.state] ?? 'default'} className="xd-tag">
      {t(`desk.state.${summary.state}`)}
      {who ? ` · ${who}` : ''}
    </Tag>
  )
}

function Viewers({ presence }: { presence: Presence }) {
  const { t } = useTranslation('conversations')
  const names = useWhoViews(presence)
  if (names.length === 0) return null
  const sentence = t('desk.viewing', { names: names.join(', '), count: names.length })
  return (
    <Tooltip title={sentence}>
      <span className="xd-quiet xd-viewers">
        <EyeOutlined aria-hidden /> <span className="xd-viewers-names">{names.join(', ')}</span>
        <span className="x-heard">{sentence}</span>
      </span>
    </Tooltip>
  )
}
