import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'
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
  const { busy, trouble, send } = useSend(async () => onDone((await work(clientId)).state))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void send()
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
