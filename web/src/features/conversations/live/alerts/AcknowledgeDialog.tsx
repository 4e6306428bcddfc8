import { Form, Input, Radio, Space } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { type Acknowledgement, acknowledge, DIDS, type OpenAlert } from './wire'

/** What the lead did about an alert; then it is done with. */
export function AcknowledgeDialog({ shop, one, onClose, onDone }: { shop: string; one: OpenAlert; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation(['inspection', 'ui'])
  const send = async ({ did, note = '' }: Acknowledgement) => {
    await acknowledge(shop, one.alert.id, { did, note: note.trim() })
    onDone()
  }
  return (
    <FormDialog<Acknowledgement>
      title={t('alert.acknowledge_title', { buyer: one.conversation.buyer_name })}
      submit={t('alert.acknowledge')}
      onSubmit={send}
      onClose={onClose}
    >
      <Form.Item name="did" label={t('alert.did_head')} rules={[{ required: true, message: t('ui:form.needed') }]}>
        <Radio.Group>
          <Space orientation="vertical">
            {DIDS.map((did) => (
              <Radio key={did} value={did}>
                {t(`alert.did.${did}`)}
              </Radio>
            ))}
          </Space>
        </Radio.Group>
      </Form.Item>
      <Form.Item name="note" label={t('alert.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
