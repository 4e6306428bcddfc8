import { Button, Popover, Space, Tooltip } from 'antd'
import { useState } from 'react'
import { useRefusalSentence, useTranslation } from '@/i18n/react'
import { type ActionLook, type DrawnAction, drawActions, type ServerDeed } from './nextActions'
import { useShortcut } from './shortcuts'

/** The buttons of one object; the server's list decides which exist and which are open. */
export function NextActions({
  deeds,
  actions,
  size = 'middle',
  align = 'end',
}: {
  deeds: readonly ServerDeed[]
  actions: Readonly<Record<string, ActionLook>>
  size?: 'small' | 'middle' | 'large'
  align?: 'start' | 'end'
}) {
  const { t } = useTranslation('ui')
  const drawn = drawActions(deeds, actions)
  if (drawn.length === 0) return null
  const primary = drawn.findLast((action) => action.primary && action.allowed)
  return (
    <Space wrap role="group" aria-label={t('deed.group')} style={{ justifyContent: `flex-${align}` }}>
      {drawn.map((action) => (
        <ActionButton key={action.deed} action={action} primary={action === primary} size={size} />
      ))}
    </Space>
  )
}

interface ButtonProps {
  action: DrawnAction
  primary: boolean
  size: 'small' | 'middle' | 'large'
}

function ActionButton({ action, primary, size }: ButtonProps) {
  const reason = useRefusalSentence(action.allowed ? null : action.code)
  const { busy, run } = useBusy(action.run)
  useShortcut(action.shortcut, run, { label: action.label, enabled: action.allowed && !action.consequence })
  const button = (
    <Button
      size={size}
      type={primary ? 'primary' : 'default'}
      danger={Boolean(action.danger)}
      loading={busy}
      // Not `disabled`: the keyboard must reach the button to hear why it is closed.
      aria-disabled={!action.allowed}
      style={action.allowed ? undefined : { opacity: 0.55, cursor: 'not-allowed' }}
      onClick={action.allowed && !action.consequence ? run : undefined}
    >
      {action.label}
    </Button>
  )
  if (!action.allowed) return <Tooltip title={reason}>{button}</Tooltip>
  return action.consequence ? <Consequence action={action} button={button} run={run} /> : button
}

function Consequence({ action, button, run }: { action: DrawnAction; button: React.ReactNode; run: () => void }) {
  const { t } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  const act = () => {
    setOpen(false)
    run()
  }
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <div style={{ maxWidth: 320 }}>
          <p style={{ marginTop: 0 }}>{action.consequence}</p>
          <Space style={{ display: 'flex', justifyContent: 'flex-end' }}>
            <Button onClick={() => setOpen(false)}>{t('action.cancel')}</Button>
            <Button type="primary" danger={Boolean(action.danger)} onClick={act}>
              {action.label}
            </Button>
          </Space>
        </div>
      }
    >
      {button}
    </Popover>
  )
}

/** A second click while the first is under way does nothing. */
function useBusy(deed: () => unknown): { busy: boolean; run: () => void } {
  const [busy, setBusy] = useState(false)
  const run = () => {
    if (busy) return
    setBusy(true)
    void Promise.resolve()
      .then(deed)
      .finally(() => setBusy(false))
      .catch(() => {}) // the deed tells its own failure; here only the button matters
  }
  return { busy, run }
}
