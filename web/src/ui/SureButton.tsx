import { Button, Popover } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from './Trouble'

export interface SureButtonProps {
  label: string
  /** What will happen, in one sentence. */
  sentence: ReactNode
  run: () => Promise<unknown>
  danger?: boolean
  size?: 'small' | 'middle'
}

/** A button that says what will happen before it does it, and why it was refused. */
export function SureButton({ label, sentence, run, danger = false, size = 'small' }: SureButtonProps) {
  const { t } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const show = (next: boolean) => {
    setTrouble(null)
    setOpen(next)
  }
  // The second half of a double click comes before the button is drawn as busy.
  const under = useRef(false)
  const go = async () => {
    if (under.current) return
    under.current = true
    setBusy(true)
    setTrouble(null)
    try {
      await run()
      setOpen(false)
    } catch (error) {
      setTrouble(error)
    } finally {
      under.current = false
      setBusy(false)
    }
  }
  const content = (
    <div style={{ maxWidth: 300, display: 'grid', gap: 10 }}>
      <span>{sentence}</span>
      {trouble ? <Trouble error={trouble} /> : null}
      <div className="x-actions">
        <Button size="small" type="primary" danger={danger} loading={busy} onClick={() => void go()}>
          {label}
        </Button>
        <Button size="small" onClick={() => show(false)}>
          {t('action.cancel')}
        </Button>
      </div>
    </div>
  )
  return (
    <Popover trigger="click" open={open} onOpenChange={show} content={content} destroyOnHidden>
      <Button size={size} danger={danger}>
        {label}
      </Button>
    </Popover>
  )
}
