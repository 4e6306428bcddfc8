import { Form, Input } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'

/** Asks an officer why, before something is done about a measure. */
export function WordsDialog({ title, onSubmit, onClose }: { title: string; onSubmit: (text: string) => Promise<unknown>; onClose: () => void }) {
  const { t } = useTranslation('measures')
  return (
    <FormDialog<{ text: string }> title={title} submit={title} onSubmit={({ text }) => onSubmit(text)} onClose={onClose}>
      <Form.Item name="text" label={t('words.text')} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  )
}
