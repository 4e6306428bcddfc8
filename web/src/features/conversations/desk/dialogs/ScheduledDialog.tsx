import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { asRefusal } from '@/api'
import { useRefusalSentence, useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { absoluteTime } from '@/ui/time'
import { useDesk } from '../data/deskStore'
import { deleteScheduled, listScheduled } from '../server'
import type { Scheduled, Summary } from '../wire'

/** What waits to be sent later, and what could not be sent. */
export function ScheduledDialog({ summary, close }: { summary: Summary; close: () => void }) {
  const { t } = useTranslation('conversations')
  const store = useDesk()
  const at = { shop: store.shop, conversation: summary.id }
  const list = useQuery({ queryKey: ['desk', store.shop, 'scheduled', summary.id], queryFn: ({ signal }) => listScheduled(at, signal) })
  const cancel = async (id: string) => {
    await deleteScheduled(at, id).catch((error: unknown) => store.tell({ text: asRefusal(error).message }))
    await list.refetch()
  }
  const items = list.data?.data ?? []
  return (
    <Modal open title={t('desk.schedule.list')} onCancel={close} footer={null} width={520}>
      <StateBlock
        state={stateOf(list, items.length === 0)}
        title={t('desk.schedule.none')}
        hint={t('desk.schedule.none_hint')}
        error={list.error ? asRefusal(list.error) : null}
        onRetry={() => void list.refetch()}
      >
        <ul className="xd-plain-list">
          {items.map((item) => (
            <Waiting key={item.id} item={item} cancel={() => void cancel(item.id)} />
          ))}
        </ul>
      </StateBlock>
    </Modal>
  )
}

function Waiting({ item, cancel }: { item: Scheduled; cancel: () => void }) {
  const { t, i18n } = useTranslation('conversations')
  const reason = useRefusalSentence(item.failed?.code)
  return (
    <li className="xd-waiting">
      <span className="xd-words">{item.wish.text || t(`desk.kind.${item.wish.kind ?? 'text'}`)}</span>
      <span className="xd-quiet x-figures">{absoluteTime(Date.parse(item.send_at), i18n.language)}</span>
      {item.failed ? <span role="alert">{reason}</span> : null}
      <Button size="small" onClick={cancel}>
        {t('desk.schedule.cancel')}
      </Button>
    </li>
  )
}
