import { Form, Input, InputNumber, Select } from 'antd'
import { useRef } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { LanguagePicker } from '@/ui/LanguagePicker'
import { ManySelect } from '@/ui/ManySelect'
import type { Named, Queue } from './wire'

type Values = Pick<Queue, 'name' | 'position' | 'skills' | 'languages' | 'members'> &
  Partial<Pick<Queue, 'overflow_queue' | 'overflow_seconds' | 'ignore_seconds'>>

interface Props {
  shop: string
  /** null = a new one. */
  queue: Queue | null
  queues: readonly Queue[]
  colleagues: readonly Named[]
  onDone: () => Promise<unknown>
  onClose: () => void
}

export function QueueDialog({ shop, queue, queues, colleagues, onDone, onClose }: Props) {
  const { t } = useTranslation(['routing', 'ui'])
  // Made, but its members were refused: the next try must not make a second queue.
  const made = useRef<string | null>(queue?.id ?? null)
  const save = async ({ members, overflow_queue, overflow_seconds, ignore_seconds, ...rest }: Values) => {
    const body = {
      ...rest,
      overflow_queue: overflow_queue ?? null,
      overflow_seconds: overflow_seconds ?? null,
      ignore_seconds: ignore_seconds ?? null,
    }
    const { id } = made.current
      ? await api.PUT('/api/v1/shops/{shop}/queues/{queue}', { params: { path: { shop, queue: made.current } }, body })
      : await api.POST('/api/v1/shops/{shop}/queues', { params: { path: { shop } }, body })
    made.current = id
    await api.PUT('/api/v1/shops/{shop}/queues/{queue}/members', { params: { path: { shop, queue: id } }, body: { people: members } })
    await onDone()
  }
  const initial: Partial<Values> = queue ?? { position: queues.length, skills: [], languages: [], members: [] }
  const seconds = <InputNumber min={15} max={86_400} precision={0} suffix={t('queue.seconds')} style={{ width: 180 }} />
  return (
    <FormDialog<Values> title={queue ? queue.name : t('queue.add')} initial={initial} onSubmit={save} onClose={onClose}>
      <Form.Item name="name" label={t('queue.name')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="position" label={t('queue.position')} extra={t('queue.position_hint')}>
        <InputNumber min={0} max={1000} precision={0} />
      </Form.Item>
      <Form.Item name="skills" label={t('queue.skills')}>
        <Select mode="tags" tokenSeparators={[',', '，', '、']} maxCount={30} open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="languages" label={t('queue.languages')}>
        <LanguagePicker several />
      </Form.Item>
      <Form.Item name="members" label={t('queue.members')} extra={t('queue.members_hint')}>
        <ManySelect options={colleagues.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="overflow_queue" label={t('queue.overflow_into')}>
        <Select allowClear options={queues.filter((one) => one.id !== queue?.id).map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="overflow_seconds" label={t('queue.overflow_seconds')} extra={t('queue.empty_default')}>
        {seconds}
      </Form.Item>
      <Form.Item name="ignore_seconds" label={t('queue.ignore_seconds')} extra={t('queue.empty_default')}>
        {seconds}
      </Form.Item>
    </FormDialog>
  )
}
