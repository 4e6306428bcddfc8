import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock } from '@/ui/StateBlock'
import { type Line, type Named, nameOf } from './wire'

/** How each queue stands: how many wait, since when, when the next answer is due. */
export function Lines({ rows, queues }: { rows: readonly Line[]; queues: readonly Named[] }) {
  const { t } = useTranslation('conversations')
  const columns: readonly Column<Line>[] = [
    { id: 'queue', title: t('live.queue'), render: (line) => nameOf(queues, line.queue_id) ?? t('live.no_queue') },
    { id: 'waiting', title: t('live.waiting'), render: (line) => <strong className="x-figures">{line.waiting}</strong> },
    { id: 'oldest', title: t('live.oldest'), render: (line) => (line.oldest_at ? <RelativeTime at={line.oldest_at} /> : '–') },
    {
      id: 'due',
      title: t('live.next_due'),
      render: (line) => (line.next_due_at ? <Countdown due={line.next_due_at} set={line.oldest_at} short /> : '–'),
    },
  ]
  if (rows.length === 0) return <StateBlock state="empty" title={t('live.nobody_waits')} />
  return <Rows label={t('live.queues')} columns={columns} rows={rows} rowKey={(line) => line.queue_id ?? ''} />
}
