import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { useNotice } from '../data/deskStore'

export interface DeedDialogProps {
  title: string
  /** The verb of the button. */
  verb: string
  ready: boolean
  /** True when it was done; a refusal keeps the dialog open and says why. */
  run: () => Promise<boolean>
  close: () => void
  children: ReactNode
}

/** The frame of every deed that asks for something: its verb on the button, the refusal where one looks. */
export function DeedDialog({ title, verb, ready, run, close, children }: DeedDialogProps) {
  const { t } = useTranslation('ui')
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const notice = useNotice()
  const act = async () => {
    setBusy(true)
    const done = await run()
    setBusy(false)
    setTried(true)
    if (done) close()
  }
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      okText={verb}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      onOk={() => void act()}
      width={480}
    >
      <div className="xd-dialog">{children}</div>
      {tried && notice ? <p role="alert">{notice.text}</p> : null}
    </Modal>
  )
}
