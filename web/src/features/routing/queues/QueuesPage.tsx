import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Tag } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { languageName } from '@/i18n'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { QueueDialog } from './QueueDialog'
import { type Queue, useColleagues, useQueues } from './wire'

/** The waiting lines of the shop in the order they are tried. */
export default function QueuesPage({ shop }: { shop: string }) {
  const { t } = useTranslation(['routing', 'ui'])
  const [archived, setArchived] = useState(false)
  const [edited, setEdited] = useState<Queue | 'new' | null>(null)
  const query = useQueues(shop, archived)
  const colleagues = useColleagues(shop)
  const queries = useQueryClient()
  const changed = () => queries.invalidateQueries({ queryKey: ['queues', shop] })
  const queues = query.data?.data ?? []
  const archive = async (queue: Queue) => {
    await api.DELETE('/api/v1/shops/{shop}/queues/{queue}', { params: { path: { shop, queue: queue.id } } })
    await changed()
  }
  const columns: readonly Column<Queue>[] = [
    {
      id: 'name',
      title: t('queue.name'),
      render: (queue) => (
        <>
          <strong>{queue.name}</strong>{' '}
          {queue.archived_at ? (
            <Tag>
              {t('queue.archived')} <RelativeTime at={queue.archived_at} />
            </Tag>
          ) : null}
        </>
      ),
    },
    { id: 'skills', title: t('queue.needs'), render: (queue) => <Words words={[...queue.skills, ...queue.languages.map(languageName)]} none={t('queue.any')} /> },
    {
      id: 'members',
      title: t('queue.members'),
      render: (queue) => <Words words={queue.members.map((id) => colleagues.find((one) => one.id === id)?.name ?? id.slice(-8))} none={t('queue.everybody')} />,
    },
    {
      id: 'overflow',
      title: t('queue.overflow'),
      render: (queue) => {
        const into = queues.find((other) => other.id === queue.overflow_queue)
        if (!into) return '–'
        return queue.overflow_seconds === null
          ? t('queue.overflow_default', { name: into.name })
          : t('queue.overflow_after', { name: into.name, seconds: queue.overflow_seconds })
      },
    },
  ]
  return (
    <Sheet
      title={t('nav.queues')}
      hint={t('queue.hint')}
      extra={
        <>
          <Checkbox checked={archived} onChange={(event) => setArchived(event.target.checked)}>
            {t('queue.show_archived')}
          </Checkbox>
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('queue.add')}
          </Button>
        </>
      }
    >
      <StateBlock
        state={stateOf(query, queues.length === 0)}
        skeleton="table"
        title={t('queue.none')}
        hint={t('queue.none_hint')}
        action={<Button onClick={() => setEdited('new')}>{t('queue.add')}</Button>}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        <Rows
          label={t('nav.queues')}
          columns={columns}
          rows={queues}
          rowKey={(queue) => queue.id}
          renderActions={(queue) =>
            queue.archived_at ? null : (
              <>
                <Button size="small" onClick={() => setEdited(queue)}>
                  {t('ui:action.edit')}
                </Button>
                <SureButton danger label={t('queue.archive')} sentence={t('queue.archive_then', { name: queue.name })} run={() => archive(queue)} />
              </>
            )
          }
        />
      </StateBlock>
      {edited ? (
        <QueueDialog
          shop={shop}
          queue={edited === 'new' ? null : edited}
          queues={queues.filter((one) => !one.archived_at)}
          colleagues={colleagues}
          onDone={changed}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </Sheet>
  )
}

function Words({ words, none }: { words: readonly string[]; none: string }) {
  if (words.length === 0) return <span className="x-quiet">{none}</span>
  return (
    <span>
      {words.map((word) => (
        <Tag key={word}>{word}</Tag>
      ))}
    </span>
  )
}
