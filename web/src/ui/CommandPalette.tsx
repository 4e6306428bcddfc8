import { type InputRef, Input, Modal } from 'antd'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { type Command, findCommands, useAllCommands } from './commands'
import { combinationText, isMac } from './keys'
import { useShortcut } from './shortcuts'

/** Ctrl/⌘-K: every command by its name. */
export function CommandPalette() {
  const { t } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  useShortcut('mod+k', () => setOpen(true), { label: t('palette.title') })
  const input = useRef<InputRef>(null)
  return (
    <Modal
      open={open}
      onCancel={() => setOpen(false)}
      footer={null}
      closable={false}
      title={<span className="x-heard">{t('palette.title')}</span>}
      afterOpenChange={(shown) => shown && input.current?.focus()}
      destroyOnHidden
    >
      <Palette close={() => setOpen(false)} input={input} />
    </Modal>
  )
}

function Palette({ close, input }: { close: () => void; input: React.RefObject<InputRef | null> }) {
  const { t } = useTranslation('ui')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useId()
  const found = findCommands(useAllCommands(), text)
  const at = Math.min(chosen, found.length - 1)
  const run = (command: Command | undefined) => {
    if (!command) return
    close()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0))
    else if (event.key === 'Enter') run(found[at])
    else return
    event.preventDefault()
  }
  return (
    <>
      <Input
        ref={input}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label={t('palette.title')} style={{ maxHeight: 360, overflow: 'auto', marginTop: 8 }}>
        {found.map((command, index) => (
          <Line key={command.id} id={`${list}-${index}`} command={command} chosen={index === at} run={run} />
        ))}
        {found.length === 0 ? <p style={{ opacity: 0.75 }}>{t('palette.empty')}</p> : null}
      </div>
    </>
  )
}

interface LineProps {
  id: string
  command: Command
  chosen: boolean
  run: (command: Command) => void
}

function Line({ id, command, chosen, run }: LineProps) {
  return (
    // The keyboard stays in the field above; this line is reached by arrow keys through aria-activedescendant.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => run(command)}
      onKeyDown={(event) => event.key === 'Enter' && run(command)}
      style={{
        display: 'flex',
        justifyContent: 'space-between',
        padding: '8px 12px',
        borderRadius: 6,
        cursor: 'pointer',
        background: chosen ? 'rgba(34, 87, 199, 0.14)' : undefined,
      }}
    >
      <span>{command.label}</span>
      {command.shortcut ? <kbd>{combinationText(command.shortcut, isMac())}</kbd> : null}
    </div>
  )
}
