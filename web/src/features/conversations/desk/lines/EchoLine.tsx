import { ClockCircleOutlined, ExclamationCircleOutlined, LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from '@/i18n/react'
import type { OutboxItem } from '@/realtime'
import { useRealtime } from '@/realtime/react'
import { useEditorDoor } from '../editor/editorDoor'
import { useParts } from '../parts'
import { Words } from './Content'

/** A message on its way: it says how it fares, and what one can do when it was not taken. */
export function EchoLine({ item }: { item: OutboxItem }) {
  const { t } = useTranslation('conversations')
  const { kind = 'text', text } = item.wish
  return (
    <article className="xd-entry" data-side="shop" data-opens="false" data-echo={item.state}>
      <div className="xd-entry-row">
        <div className="xd-bubble" data-kind={kind}>
          {kind === 'text' ? <Words text={text ?? ''} /> : <p className="xd-words">{t(`desk.kind.${kind}`)}</p>}
        </div>
        <span className="xd-entry-foot">
          <Standing item={item} />
        </span>
      </div>
      {item.state === 'failed' || item.state === 'held' ? <Trouble item={item} /> : null}
    </article>
  )
}

function Standing({ item }: { item: OutboxItem }) {
  const { t } = useTranslation('conversations')
  const text = t(`desk.outbox.${item.state}`)
  const waits = item.state === 'queued' || item.state === 'sending'
  return (
    <span className="xd-delivery" data-delivery={item.state} title={text}>
      {waits ? <LoadingOutlined aria-hidden /> : item.state === 'waiting' ? <ClockCircleOutlined aria-hidden /> : <ExclamationCircleOutlined aria-hidden />}
      <span className={waits ? 'x-heard' : undefined}>{text}</span>
    </span>
  )
}

function Trouble({ item }: { item: OutboxItem }) {
  const { t } = useTranslation('conversations')
  const realtime = useRealtime()
  const { Refused } = useParts()
  const door = useEditorDoor()
  const { client_id: id, kind = 'text', text = '' } = item.wish
  const edit = () => {
    door.take(text)
    realtime.discard(id)
  }
  return (
    <div className="xd-trouble" role="group" aria-label={t('desk.outbox.trouble')}>
      {item.refusal ? <Refused facts={item.refusal.facts} message={item.refusal.message} row={item.refusal.row} /> : null}
      <span className="xd-trouble-deeds">
        <Button size="small" onClick={() => realtime.retry(id)}>
          {t(item.state === 'held' ? 'desk.outbox.send_now' : 'desk.outbox.retry')}
        </Button>
        {kind === 'text' ? (
          <Button size="small" onClick={edit}>
            {t('desk.outbox.edit')}
          </Button>
        ) : null}
        <Button size="small" type="text" onClick={() => realtime.discard(id)}>
          {t('desk.outbox.discard')}
        </Button>
      </span>
    </div>
  )
}
