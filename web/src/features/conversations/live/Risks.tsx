import { Tag } from 'antd'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { type BoardProps, Buyer, useBoardDeeds } from './deeds'
import { type AtBoard, nameOf } from './wire'

interface Props extends BoardProps {
  label: string
  rows: readonly AtBoard[]
}

/** Conversations of the desk, with what a manager may do about each; what is refused says why. */
export function Risks({ label, rows, ...at }: Props) {
  const { t } = useTranslation('conversations')
  const { buttons, around } = useBoardDeeds(at)
  const columns: readonly Column<AtBoard>[] = [
    { id: 'buyer', title: t('live.buyer'), render: (one) => <Buyer shop={at.shop} one={one} /> },
    {
      id: 'due',
      title: t('live.due'),
      render: (one) => (one.reply_due_at ? <Countdown due={one.reply_due_at} set={one.waiting_since} /> : one.last_at ? <RelativeTime at={one.last_at} /> : '–'),
    },
    {
      id: 'with',
      title: t('live.with'),
      render: (one) => (one.assignee_id ? (nameOf(at.team, one.assignee_id) ?? '–') : <Tag>{nameOf(at.queues, one.queue_id) ?? t('live.no_queue')}</Tag>),
    },
  ]
  return (
    <>
      {around}
      <Rows label={label} columns={columns} rows={rows} rowKey={(one) => one.id} renderActions={(one) => buttons(one)} />
    </>
  )
}
