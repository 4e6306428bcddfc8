import { Form, Input } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'

interface Props {
  title: string
  /** What will happen. */
  sentence: string
  onSubmit: (note: string) => Promise<unknown>
  onClose: () => void
}

/** A deed with money that is kept with its reason. */
export function NoteDialog({ title, sentence, onSubmit, onClose }: Props) {
  const { t } = useTranslation(['ledger', 'ui'])
  return (
    <FormDialog<{ note: string }> title={title} submit={title} onSubmit={({ note }) => onSubmit(note.trim())} onClose={onClose}>
      <p style={{ marginTop: 0 }}>{sentence}</p>
      <Form.Item name="note" label={t('note')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
