import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'

interface Props<Values extends { text: string }> {
  title: string
  label: string
  hint?: string
  onSubmit: (values: Values) => Promise<unknown>
  onClose: () => void
  children?: ReactNode
}

/** A deed with its words; further fields stand before them. */
export function TextDialog<Values extends { text: string }>({ title, label, hint, onSubmit, onClose, children }: Props<Values>) {
  const { t } = useTranslation('ui')
  return (
    <FormDialog<Values> title={title} submit={title} onSubmit={onSubmit} onClose={onClose}>
      {hint ? <p style={{ marginTop: 0 }}>{hint}</p> : null}
      {children}
      <Form.Item name="text" label={label} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  )
}
