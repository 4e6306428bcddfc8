import { Button, Tag } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { ReassignDialog, WhisperDialog } from './dialogs'
import { type AtRisk, type Named, nameOf } from './wire'

interface Props {
  shop: string
  rows: readonly AtRisk[]
  queues: readonly Named[]
  team: readonly Named[]
  onDone: () => void
}

/** Whose buyer waits, the nearest due time first, and what a manager can do about it. */
export function Risks({ shop, rows, queues, team, onDone }: Props) {
  const { t } = useTranslation('conversations')
  const [whisperTo, setWhisperTo] = useState<AtRisk | null>(null)
  const [reassigned, setReassigned] = useState<AtRisk | null>(null)
  const columns: readonly Column<AtRisk>[] = [
    {
      id: 'buyer',
      title: t('live.buyer'),
      render: (one) => (
        <>
          <a href={deskAddress(shop, one.id)}>{one.buyer_name}</a>
          <div className="x-quiet x-small x-clip">{one.last_text}</div>
        </>
      ),
    },
    {
      id: 'due',
      title: t('live.due'),
      render: (one) => <Countdown due={one.reply_due_at} set={one.waiting_since} />,
    },
    {
      id: 'with',
      title: t('live.with'),
      render: (one) =>
        one.assignee_id ? (nameOf(team, one.assignee_id) ?? '–') : <Tag>{nameOf(queues, one.queue_id) ?? t('live.no_queue')}</Tag>,
    },
  ]
  if (rows.length === 0) return <StateBlock state="empty" title={t('live.no_risks')} hint={t('live.no_risks_hint')} />
  return (
    <>
      <Rows
        label={t('live.risks')}
        columns={columns}
        rows={rows}
        rowKey={(one) => one.id}
        renderActions={(one) => (
          <>
            <Button size="small" type="primary" href={deskAddress(shop, one.id)}>
              {t('live.watch')}
            </Button>
            {one.assignee_id ? (
              <Button size="small" onClick={() => setWhisperTo(one)}>
                {t('live.whisper')}
              </Button>
            ) : null}
            <TakeOver shop={shop} one={one} onDone={onDone} />
            <Button size="small" onClick={() => setReassigned(one)}>
              {t('live.reassign')}
            </Button>
          </>
        )}
      />
      {whisperTo ? <WhisperDialog shop={shop} one={whisperTo} onClose={() => setWhisperTo(null)} /> : null}
      {reassigned ? (
        <ReassignDialog shop={shop} one={reassigned} queues={queues} team={team} onClose={() => setReassigned(null)} onDone={onDone} />
      ) : null}
    </>
  )
}

function TakeOver({ shop, one, onDone }: { shop: string; one: AtRisk; onDone: () => void }) {
  const { t } = useTranslation('conversations')
  const params = { path: { shop, conversation: one.id } }
  const served = one.assignee_id !== null
  return (
    <SureButton
      label={served ? t('live.step_in') : t('live.take')}
      sentence={served ? t('live.step_in_then', { buyer: one.buyer_name }) : t('live.take_then', { buyer: one.buyer_name })}
      run={async () => {
        await (served
          ? api.POST('/api/v1/shops/{shop}/conversations/{conversation}/step-in', { params })
          : api.POST('/api/v1/shops/{shop}/conversations/{conversation}/take', { params }))
        onDone()
      }}
    />
  )
}

/** The desk is another app: a whole page load. */
function deskAddress(shop: string, conversation: string): string {
  return `/desk/${shop}/${conversation}`
}
