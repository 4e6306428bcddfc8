import { Form, Input, Select } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { AtBoard, Named } from './wire'

interface DialogProps {
  shop: string
  one: AtBoard
  onClose: () => void
}

/** Words that only the one who serves the conversation sees. */
export function WhisperDialog({ shop, one, onClose }: DialogProps) {
  const { t } = useTranslation(['conversations', 'ui'])
  const send = ({ text }: { text: string }) =>
    api.POST('/api/v1/shops/{shop}/conversations/{conversation}/whisper', {
      params: { path: { shop, conversation: one.id } },
      body: { text: text.trim() },
    })
  return (
    <FormDialog<{ text: string }> title={t('live.whisper_title', { buyer: one.buyer_name })} submit={t('live.whisper')} onSubmit={send} onClose={onClose}>
      <Form.Item name="text" label={t('live.whisper_text')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
    </FormDialog>
  )
}

type ReassignProps = DialogProps & { queues: readonly Named[]; team: readonly Named[]; onDone: () => void }

/** To a colleague or into a queue, with a note for whoever gets it. */
export function ReassignDialog({ shop, one, queues, team, onClose, onDone }: ReassignProps) {
  const { t } = useTranslation(['conversations', 'ui'])
  const send = async ({ target, note = '' }: { target: string; note?: string }) => {
    const [kind, id = ''] = target.split(' ')
    await api.POST('/api/v1/shops/{shop}/conversations/{conversation}/assign', {
      params: { path: { shop, conversation: one.id } },
      body: { note, ...(kind === 'person' ? { person_id: id } : { queue_id: id }) },
    })
    onDone()
  }
  const options = [
    { label: t('live.colleagues'), options: team.filter((p) => p.id !== one.assignee_id).map((p) => ({ value: `person ${p.id}`, label: p.name })) },
    { label: t('live.queues'), options: queues.map((q) => ({ value: `queue ${q.id}`, label: q.name })) },
  ]
  return (
    <FormDialog<{ target: string; note?: string }>
      title={t('live.reassign_title', { buyer: one.buyer_name })}
      submit={t('live.reassign')}
      onSubmit={send}
      onClose={onClose}
    >
      <Form.Item name="target" label={t('live.to')} rules={[{ required: true, message: t('ui:form.needed') }]}>
        <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="note" label={t('live.note')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  )
}
