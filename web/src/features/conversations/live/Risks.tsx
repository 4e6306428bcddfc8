import { Button, Tag } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { NextActions } from '@/ui/NextActions'
import type { ActionLook } from '@/ui/nextActions'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Trouble } from '@/ui/Trouble'
import { ReassignDialog, WhisperDialog } from './dialogs'
import { type AtBoard, type Named, nameOf } from './wire'

interface Props {
  shop: string
  label: string
  rows: readonly AtBoard[]
  queues: readonly Named[]
  team: readonly Named[]
  onDone: () => void
}

type Door = 'take' | 'step-in'

/** Conversations of the desk, with what a manager may do about each; what is refused says why. */
export function Risks({ shop, label, rows, queues, team, onDone }: Props) {
  const { t } = useTranslation('conversations')
  const [asked, setAsked] = useState<{ deed: 'whisper' | 'assign'; one: AtBoard } | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const columns: readonly Column<AtBoard>[] = [
    {
      id: 'buyer',
      title: t('live.buyer'),
      render: (one) => (
        <>
          <a href={deskAddress(shop, one.id)}>{one.buyer_name || t('desk.buyer.nameless')}</a>
          <div className="x-quiet x-small x-clip">{one.last_text}</div>
        </>
      ),
    },
    {
      id: 'due',
      title: t('live.due'),
      render: (one) => (one.reply_due_at ? <Countdown due={one.reply_due_at} set={one.waiting_since} /> : one.last_at ? <RelativeTime at={one.last_at} /> : '–'),
    },
    {
      id: 'with',
      title: t('live.with'),
      render: (one) => (one.assignee_id ? (nameOf(team, one.assignee_id) ?? '–') : <Tag>{nameOf(queues, one.queue_id) ?? t('live.no_queue')}</Tag>),
    },
  ]
  const go = async (one: AtBoard, door: Door) => {
    setTrouble(null)
    try {
      await api.POST(`/api/v1/shops/{shop}/conversations/{conversation}/${door}`, { params: { path: { shop, conversation: one.id } } })
    } catch (error) {
      setTrouble(error)
    }
    onDone()
  }
  const looksOf = (one: AtBoard): Record<string, ActionLook> => ({
    whisper: { label: t('live.whisper'), run: () => setAsked({ deed: 'whisper', one }) },
    // What nobody serves is taken; what somebody serves is stepped into.
    ...(one.assignee_id
      ? { step_in: { label: t('live.step_in'), run: () => go(one, 'step-in'), consequence: t('live.step_in_then', { buyer: one.buyer_name }) } }
      : { take: { label: t('live.take'), run: () => go(one, 'take'), consequence: t('live.take_then', { buyer: one.buyer_name }) } }),
    assign: { label: t('live.reassign'), run: () => setAsked({ deed: 'assign', one }) },
  })
  const close = () => setAsked(null)
  return (
    <>
      {trouble ? <Trouble error={trouble} style={{ marginBottom: 8 }} /> : null}
      <Rows
        label={label}
        columns={columns}
        rows={rows}
        rowKey={(one) => one.id}
        renderActions={(one) => (
          <>
            <NextActions deeds={one.deeds} actions={looksOf(one)} size="small" />
            <Button size="small" type="primary" href={deskAddress(shop, one.id)}>
              {t('live.watch')}
            </Button>
          </>
        )}
      />
      {asked?.deed === 'whisper' ? <WhisperDialog shop={shop} one={asked.one} onClose={close} /> : null}
      {asked?.deed === 'assign' ? <ReassignDialog shop={shop} one={asked.one} queues={queues} team={team} onClose={close} onDone={onDone} /> : null}
    </>
  )
}

/** The desk is another app: a whole page load. */
function deskAddress(shop: string, conversation: string): string {
  return `/desk/${shop}/${conversation}`
}
