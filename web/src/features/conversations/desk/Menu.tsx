import { Button, Popover, Tooltip } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useRefusalSentence } from '@/i18n/react'

export interface MenuItem {
  key: string
  label: string
  run: () => void
  /** The code of the refusal when this may not be done now; the item then says why. */
  refused?: string | null
  danger?: boolean
  /** What is chosen now, in a menu that chooses. */
  chosen?: boolean
}

export interface MenuProps {
  label: string
  items: readonly MenuItem[]
  children?: ReactNode
  icon?: ReactNode
  type?: 'text' | 'default' | 'primary'
  size?: 'small' | 'middle'
  placement?: 'bottomRight' | 'bottomLeft' | 'topRight' | 'topLeft'
}

/** A button with a list of deeds behind it, by arrow keys too. */
export function Menu({ label, items, children, icon, type = 'text', size = 'middle', placement = 'bottomRight' }: MenuProps) {
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <Popover
      trigger="click"
      placement={placement}
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      styles={{ container: { padding: 4 } }}
      content={<MenuList label={label} items={items} close={close} />}
    >
      <Button ref={opener} type={type} size={size} icon={icon} aria-haspopup="menu" aria-expanded={open} aria-label={label} title={label}>
        {children}
      </Button>
    </Popover>
  )
}

function MenuList({ label, items, close }: { label: string; items: readonly MenuItem[]; close: () => void }) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-checked="true"]')
    const first = chosen ?? list.current?.querySelector<HTMLElement>('button')
    // The popover measures itself first; focus must not make it jump.
    requestAnimationFrame(() => first?.focus({ preventScroll: true }))
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLElement)
    if (event.key === 'ArrowDown') buttons[(at + 1) % buttons.length]?.focus()
    else if (event.key === 'ArrowUp') buttons[(at - 1 + buttons.length) % buttons.length]?.focus()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={list} role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown} style={{ display: 'grid', minWidth: 160 }}>
      {items.map((item) => (
        <Item key={item.key} item={item} close={close} />
      ))}
    </div>
  )
}

function Item({ item, close }: { item: MenuItem; close: () => void }) {
  const reason = useRefusalSentence(item.refused)
  const open = !item.refused
  const button = (
    <Button
      type="text"
      role={item.chosen === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={item.chosen}
      aria-disabled={!open}
      danger={Boolean(item.danger)}
      style={{ justifyContent: 'flex-start', fontWeight: item.chosen ? 600 : 400, opacity: open ? 1 : 0.55 }}
      onClick={() => {
        if (!open) return
        close()
        item.run()
      }}
    >
      {item.label}
    </Button>
  )
  return open ? button : <Tooltip title={reason} placement="left">{button}</Tooltip>
}
