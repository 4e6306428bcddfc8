import { DownOutlined } from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { lazily } from '@/ui/lazily'
import { setUndoSeconds, UNDO_CHOICES, undoSeconds } from '../data/preferences'
import { Menu, type MenuItem } from '../Menu'
import type { DraftPhase } from '../model/drafts'
import type { Summary } from '../wire'
import type { Mode } from './useSending'

const Schedule = lazily(() => import('../dialogs/ScheduleDialog'))

export interface EditorFootProps {
  summary: Summary
  mode: Mode
  text: string
  phase: DraftPhase
  onScheduled: () => void
  children: ReactNode
}

/** How the words are kept, and the way out. */
export function EditorFoot({ summary, mode, text, phase, onScheduled, children }: EditorFootProps) {
  const { t } = useTranslation('conversations')
  const [scheduling, setScheduling] = useState(false)
  const [undo, setUndo] = useState(undoSeconds)
  const items: MenuItem[] = [
    ...(text.trim() === '' ? [] : [{ key: 'later', label: t('desk.schedule.open'), run: () => setScheduling(true) }]),
    ...UNDO_CHOICES.map((seconds) => ({
      key: `undo ${seconds}`,
      label: seconds === 0 ? t('desk.undo.off') : t('desk.undo.seconds', { seconds }),
      chosen: seconds === undo,
      run: () => {
        setUndoSeconds(seconds)
        setUndo(seconds)
      },
    })),
  ]
  return (
    <div className="xd-editor-foot">
      <span className="xd-quiet xd-editor-hint">{t('desk.editor.hint')}</span>
      <span className="xd-quiet" role="status">
        {text === '' || phase === 'clean' ? null : t(`desk.draft_phase.${phase}`)}
      </span>
      <span className="xd-editor-send">
        {children}
        {mode === 'reply' ? (
          <Menu label={t('desk.editor.send_options')} icon={<DownOutlined aria-hidden />} items={items} placement="topRight" />
        ) : null}
      </span>
      {scheduling ? (
        <Schedule
          summary={summary}
          text={text}
          close={() => setScheduling(false)}
          done={() => {
            setScheduling(false)
            onScheduled()
          }}
        />
      ) : null}
    </div>
  )
}
