import { Button } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import type { Instructed, Order } from './server'

export interface ChangeFormProps {
  order: Order
  /** The state of the instruction when it has been taken. */
  onDone: (state: string) => void
  onClose: () => void
}

interface Props extends Omit<ChangeFormProps, 'order'> {
  title: string
  submit: string
  ready: boolean
  danger?: boolean
  /** Given a key that stays the same until it has been taken: sending twice asks once. */
  work: (clientId: string) => Promise<Instructed>
  children: ReactNode
}

/** The frame of every change: sends once, keeps what was typed, says why not. */
export function FormFrame({ title, submit, ready, danger, work, onDone, onClose, children }: Props) {
  const { t } = useTranslation(['instructions', 'ui'])
  const [clientId] = useState(() => crypto.randomUUID())
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const under = useRef(false)
  const send = async () => {
    if (under.current || !ready) return
    under.current = true
    setBusy(true)
    setTrouble(null)
    try {
      onDone((await work(clientId)).state)
    } catch (error) {
      setTrouble(error)
      setBusy(false)
    } finally {
      under.current = false
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h3>{title}</h3>
      {children}
      {trouble ? <Trouble error={trouble} /> : null}
      <div className="in-bar">
        <Button size="large" onClick={onClose}>
          {t('ui:action.close')}
        </Button>
        <Button size="large" type="primary" htmlType="submit" danger={Boolean(danger)} loading={busy} disabled={!ready}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
