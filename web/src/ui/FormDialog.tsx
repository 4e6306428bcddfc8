import { Alert, Form, type FormInstance, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { announce } from './announce'

export interface FormDialogProps<Values extends object> {
  title: ReactNode
  /** The verb on the button; "Save" when left out. */
  submit?: string
  initial?: Partial<Values>
  /** What it throws is shown at the form by its message, and the form stays as it was. */
  onSubmit: (values: Values) => Promise<unknown>
  onClose: () => void
  wide?: boolean
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode)
}

/** A form in a dialog, shown while it is in the tree; closes itself when the server has taken it. */
export function FormDialog<Values extends object>(props: FormDialogProps<Values>) {
  const { t } = useTranslation('ui')
  const [form] = Form.useForm<Values>()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const send = async (values: Values) => {
    setBusy(true)
    setTrouble(null)
    try {
      await props.onSubmit(values)
      announce(t('form.saved'))
      props.onClose()
    } catch (error) {
      setTrouble(messageOf(error, t('state.error')))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={props.title}
      width={props.wide ? 760 : 520}
      okText={props.submit ?? t('action.save')}
      cancelText={t('action.cancel')}
      confirmLoading={busy}
      mask={{ closable: false }}
      onOk={() => form.submit()}
      onCancel={props.onClose}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={props.initial ?? {}}
        onFinish={(values) => void send(values)}
        scrollToFirstError
      >
        {typeof props.children === 'function' ? props.children(form) : props.children}
        {trouble ? <Alert type="error" showIcon role="alert" title={trouble} /> : null}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
    </Modal>
  )
}

/** What an error says to people. */
export function messageOf(error: unknown, otherwise: string): string {
  return error instanceof Error && error.message ? error.message : otherwise
}
