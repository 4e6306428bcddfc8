import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Part } from '@/ui/Sheet'
import { type BoardProps, Buyer, useBoardDeeds } from '../deeds'
import { nameOf } from '../wire'
import { AcknowledgeDialog } from './AcknowledgeDialog'
import { Reason } from './Reason'
import { type Alert, type OpenAlert, useAlerts } from './wire'

const DEED = { deed: 'acknowledge', allowed: true }

/** Running conversations somebody should look at now, why, and what to do; below, what was done lately. */
export function Alerts(at: BoardProps) {
  const { t } = useTranslation(['inspection', 'conversations'])
  const { open, done, refetch } = useAlerts(at.shop)
  const [asked, setAsked] = useState<OpenAlert | null>(null)
  const again = () => {
    void refetch()
    at.onDone()
  }
  const { buttons, around } = useBoardDeeds({ ...at, onDone: again })
  const columns: readonly Column<OpenAlert>[] = [
    { id: 'buyer', title: t('conversations:live.buyer'), render: ({ conversation }) => <Buyer shop={at.shop} one={conversation} /> },
    { id: 'reason', title: t('alert.reason_head'), render: ({ alert }) => <Reason shop={at.shop} alert={alert} /> },
    { id: 'since', title: t('conversations:live.since'), render: ({ alert }) => <RelativeTime at={alert.at} /> },
    { id: 'with', title: t('conversations:live.with'), render: ({ conversation }) => nameOf(at.team, conversation.assignee_id) ?? '–' },
  ]
  return (
    <>
      {around}
      {open.length > 0 ? (
        <Part title={t('alert.title')}>
          <Rows
            label={t('alert.title')}
            columns={columns}
            rows={open}
            rowKey={({ alert }) => alert.id}
            renderActions={(one) => buttons(one.conversation, { deed: DEED, look: { label: t('alert.acknowledge'), primary: true, run: () => setAsked(one) } })}
          />
        </Part>
      ) : null}
      {done.length > 0 ? <Done rows={done} at={at} /> : null}
      {asked ? <AcknowledgeDialog shop={at.shop} one={asked} onClose={() => setAsked(null)} onDone={again} /> : null}
    </>
  )
}

function Done({ rows, at }: { rows: readonly Alert[]; at: BoardProps }) {
  const { t } = useTranslation('inspection')
  const columns: readonly Column<Alert>[] = [
    { id: 'reason', title: t('alert.reason_head'), render: (one) => t(`alert.reason.${one.reason}`, { amount: one.amount }) },
    { id: 'did', title: t('alert.did_head'), render: (one) => (one.did ? t(`alert.did.${one.did}`) : '–') },
    { id: 'note', title: t('alert.note_kept'), render: (one) => one.note || '–' },
    {
      id: 'by',
      title: t('alert.by'),
      render: (one) => (
        <>
          {nameOf(at.team, one.acknowledged_by) ?? '–'} {one.acknowledged_at ? <RelativeTime at={one.acknowledged_at} /> : null}
        </>
      ),
    },
  ]
  return (
    <Part title={t('alert.done')}>
      <Rows label={t('alert.done')} columns={columns} rows={rows} rowKey={(one) => one.id} />
    </Part>
  )
}
