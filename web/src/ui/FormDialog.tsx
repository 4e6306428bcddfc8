import { Form, type FormInstance, Modal } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { announce } from './announce'
import { Trouble } from './Trouble'

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
  const [trouble, setTrouble] = useState<unknown>(null)
  // The second half of a double click comes before the button is drawn as busy.
  const sending = useRef(false)
  const send = async (values: Values) => {
    if (sending.current) return
    sending.current = true
    setBusy(true)
    setTrouble(null)
    try {
      await props.onSubmit(values)
      announce(t('form.saved'))
      props.onClose()
    } catch (error) {
      setTrouble(error)
      markField(form, error)
      setBusy(false)
    } finally {
      sending.current = false
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
        {trouble ? <Trouble error={trouble} /> : null}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
    </Modal>
  )
}

/** The field the server names is marked with its sentence, when the form has such a field. */
function markField<Values extends object>(form: FormInstance<Values>, error: unknown): void {
  const { field } = (error as { facts?: { field?: unknown } }).facts ?? {}
  if (typeof field !== 'string' || !(error instanceof Error)) return
  const name = Object.keys(form.getFieldsValue(true) as object).find((each) => field === each || field.startsWith(`${each}[`))
  if (name) form.setFields([{ name: name as never, errors: [error.message] }])
}
