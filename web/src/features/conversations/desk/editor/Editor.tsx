import { useCallback, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { useDesk } from '../data/deskStore'
import { useDraft, useLocalWords } from '../data/useDraft'
import { useParts } from '../parts'
import type { Entry, Summary } from '../wire'
import { EditorForm } from './EditorForm'
import type { Mode } from './useSending'

export interface EditorProps {
  summary: Summary
  replyTo: Entry | null
  onReplyTo: (entry: Entry | null) => void
}

/** Where one writes: to the buyer, or for colleagues only. */
export function Editor({ summary, replyTo, onReplyTo }: EditorProps) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const { Guard } = useParts()
  const field = useRef<HTMLTextAreaElement>(null)
  const [mode, setMode] = useState<Mode>('reply')
  const { keeper, draft } = useDraft({ shop, conversation: summary.id })
  const [words, setWords] = useLocalWords(summary.id)
  const text = mode === 'reply' ? draft.text : words
  const setText = mode === 'reply' ? keeper.setText : setWords
  const rewrite = useCallback(
    (better: string) => {
      keeper.setText(better)
      field.current?.focus()
    },
    [keeper],
  )
  const takeBack = useCallback(
    (lost: string) => {
      const { text: kept } = keeper.view.get()
      setMode('reply')
      keeper.setText(kept === '' ? lost : `${lost}\n${kept}`)
      field.current?.focus()
    },
    [keeper],
  )
  if (summary.state === 'merged') return <p className="xd-editor xd-quiet">{t('desk.editor.merged')}</p>
  return (
    <Guard shop={shop} conversation={summary.id} text={text} on={mode === 'reply'} onRewrite={rewrite}>
      {(guard) => (
        <EditorForm
          summary={summary}
          field={field}
          mode={mode}
          setMode={setMode}
          text={text}
          setText={setText}
          takeBack={takeBack}
          drafting={mode === 'reply' ? { keeper, draft } : null}
          guard={guard}
          replyTo={replyTo}
          onReplyTo={onReplyTo}
        />
      )}
    </Guard>
  )
}
