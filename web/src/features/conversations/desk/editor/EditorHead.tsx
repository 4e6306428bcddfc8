import { MessageOutlined, PaperClipOutlined, ProfileOutlined, SmileOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { useFileChooser } from '@/ui/FileDrop'
import { lazily } from '@/ui/lazily'
import type { Summary } from '../wire'
import type { Mode } from './useSending'

const Emoji = lazily(() => import('./Emoji'))

export interface EditorHeadProps {
  summary: Summary
  mode: Mode
  setMode: (mode: Mode) => void
  insert: (text: string) => void
}

/** Whom the words are for, and what can be put between them. */
export function EditorHead({ summary, mode, setMode, insert }: EditorHeadProps) {
  const { t } = useTranslation('conversations')
  const choose = useFileChooser()
  const mayWhisper = summary.deeds.some(({ deed, allowed }) => deed === 'whisper' && allowed)
  const modes: Mode[] = mayWhisper ? ['reply', 'note', 'whisper'] : ['reply', 'note']
  return (
    <div className="xd-editor-head">
      <div role="group" aria-label={t('desk.editor.modes')} className="xd-modes">
        {modes.map((each) => (
          <button key={each} type="button" className="xd-mode" aria-pressed={each === mode} onClick={() => setMode(each)}>
            {t(`desk.editor.mode.${each}`)}
          </button>
        ))}
      </div>
      <EmojiButton insert={insert} />
      {mode === 'reply' ? (
        <>
          <Tool label={t('desk.editor.file')} icon={<PaperClipOutlined aria-hidden />} run={choose} />
          <Tool label={t('desk.editor.canned')} icon={<MessageOutlined aria-hidden />} run={() => insert('/')} />
          <Tool label={t('desk.editor.order')} icon={<ProfileOutlined aria-hidden />} run={() => insert('#')} />
        </>
      ) : (
        <Tool label={t('desk.editor.mention')} icon={<span aria-hidden>@</span>} run={() => insert('@')} />
      )}
    </div>
  )
}

function Tool({ label, icon, run }: { label: string; icon: ReactNode; run: () => void }) {
  return <Button type="text" size="small" icon={icon} aria-label={label} title={label} onClick={run} />
}

function EmojiButton({ insert }: { insert: (text: string) => void }) {
  const { t } = useTranslation('conversations')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={
        <Emoji
          choose={(emoji) => {
            setOpen(false)
            insert(emoji)
          }}
        />
      }
    >
      <Button type="text" size="small" icon={<SmileOutlined aria-hidden />} aria-label={t('desk.editor.emoji')} title={t('desk.editor.emoji')} />
    </Popover>
  )
}
