import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'

interface Props {
  title: string
  submit: string
  ready: boolean
  work: () => Promise<unknown>
  onClose?: () => void
  children: ReactNode
}

/** The frame of every form here: its fields, what went wrong, one button that sends once. */
export function FormBox({ title, submit, ready, work, onClose, children }: Props) {
  const { t } = useTranslation('ui')
  const { busy, trouble, send } = useSend(work)
  return (
    <form
      className="x-box x-form"
      data-mark="now"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void send()
      }}
    >
      <h2>{title}</h2>
      {children}
      {trouble ? <Trouble error={trouble} /> : null}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
        {onClose ? <Button onClick={onClose}>{t('action.cancel')}</Button> : null}
        <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
