import { Button } from 'antd'
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { FileDrop } from '@/ui/FileDrop'
import { useShortcut } from '@/ui/shortcuts'
import { useDesk } from '../data/deskStore'
import type { Drafting } from '../data/useDraft'
import { useUploads } from '../data/useUploads'
import { type Edited, insertAt, openPlace, replaceTrigger, type Trigger } from '../model/triggers'
import type { Choice, GuardView } from '../parts'
import { fillCanned } from '../server'
import type { Summary } from '../wire'
import { ChoiceList } from './ChoiceList'
import type { EditorProps } from './Editor'
import { useEditorDoor } from './editorDoor'
import { EditorFoot } from './EditorFoot'
import { EditorHead } from './EditorHead'
import { EditorLines } from './EditorLines'
import { type Mode, useSending } from './useSending'
import { useChoices } from './useChoices'
import { Words } from './Words'

export interface EditorFormProps extends EditorProps {
  field: RefObject<HTMLTextAreaElement | null>
  mode: Mode
  setMode: (mode: Mode) => void
  text: string
  setText: (text: string) => void
  /** Words that were not sent after all: back among those to the buyer. */
  takeBack: (text: string) => void
  /** Present while one writes to the buyer. */
  drafting: Drafting | null
  guard: GuardView
}

const LARGEST_BYTES = 20 * 1_024 * 1_024

export function EditorForm({ summary, field, mode, setMode, text, setText, takeBack, drafting, guard, replyTo, onReplyTo }: EditorFormProps) {
  const { t } = useTranslation('conversations')
  const store = useDesk()
  const at = { shop: store.shop, conversation: summary.id }
  const findings = useId()
  // The words that were pressed upon though they are held back: said until they change.
  const [pressed, setPressed] = useState('')
  const sending = useSending(summary.id)
  const { uploads, add, retry, cancel } = useUploads(at, sending.file)

  const edit = ({ text: next, caret }: Edited) => {
    setText(next)
    // After the words are drawn, or the caret would fall to their end.
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(caret, caret)
    })
  }
  /** What is to be filled in by hand is ready to be typed over; its name, when there is one. */
  const selectOpenPlace = () => {
    const place = openPlace(field.current?.value ?? '')
    if (place) field.current?.setSelectionRange(place.from, place.to)
    return place?.name
  }
  const insert = (what: string) => {
    const element = field.current
    const edited = insertAt(text, element?.selectionStart ?? text.length, element?.selectionEnd ?? text.length, what)
    edit(edited)
    choices.onCaret(edited.text, edited.caret)
  }
  const pick = async (trigger: Trigger, choice: Choice) => {
    if (trigger.kind === 'order') {
      edit(replaceTrigger(text, trigger, ''))
      sending.card({ kind: 'order', id: choice.id })
    } else if (trigger.kind === 'person') edit(replaceTrigger(text, trigger, `@${choice.title} `))
    else {
      const filled = await fillCanned(at, choice.id).catch(() => ({ text: choice.detail ?? '' }))
      // What was typed meanwhile stays.
      edit(replaceTrigger(field.current?.value ?? text, trigger, filled.text))
      requestAnimationFrame(selectOpenPlace)
    }
  }
  const choices = useChoices(summary, mode !== 'reply', (trigger, choice) => void pick(trigger, choice))
  const send = async () => {
    const clean = text.trim()
    if (clean === '') return
    if (mode !== 'reply') {
      if (await sending.staff(mode, clean)) setText('')
      return
    }
    if (guard.held) {
      announce(t('desk.editor.held'))
      setPressed(text)
      return
    }
    const open = selectOpenPlace()
    if (open) {
      store.tell({ text: t('desk.editor.unfilled', { what: t(`canned.variable.${open}`) }) })
      return
    }
    sending.typing(false)
    sending.text(clean, replyTo?.version ?? null)
    setText('')
    onReplyTo(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While a Chinese word is being composed, Enter belongs to it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (choices.onKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape' && replyTo) onReplyTo(null)
    else if (event.key === 'Escape') field.current?.blur()
  }
  useDoor(field, { takeBack, insertCard: sending.card })
  useShortcut('e', () => field.current?.focus(), { label: t('desk.keys.editor') })
  useShortcut('alt+n', () => setMode(mode === 'note' ? 'reply' : 'note'), { label: t('desk.keys.note') })
  const list = choices.trigger ? { id: choices.id, active: choices.items.length > 0 ? `${choices.id}-${choices.active}` : undefined } : null
  return (
    <div className="xd-editor" data-mode={mode}>
      <ChoiceList choices={choices} />
      <FileDrop onFiles={add} maxBytes={LARGEST_BYTES}>
        <EditorHead summary={summary} mode={mode} setMode={setMode} insert={insert} />
        <EditorLines drafting={drafting} replyTo={replyTo} dropReply={() => onReplyTo(null)} uploads={uploads} retry={retry} cancel={cancel} />
        <Words
          field={field}
          text={text}
          ranges={guard.ranges}
          label={t(`desk.editor.label.${mode}`)}
          placeholder={t(placeholderOf(mode, summary))}
          list={list}
          describedBy={guard.line ? findings : undefined}
          onText={(next) => {
            setText(next)
            if (mode === 'reply') sending.typing(next !== '')
          }}
          onCaret={choices.onCaret}
          onKeyDown={onKeyDown}
        />
        <div id={findings} className="xd-findings">
          {guard.line}
          {guard.held && pressed === text ? <p className="xd-held">{t('desk.editor.held')}</p> : null}
        </div>
        <EditorFoot summary={summary} mode={mode} text={text} phase={drafting?.draft.phase ?? 'clean'} onScheduled={() => setText('')}>
          <Button type="primary" disabled={text.trim() === ''} aria-disabled={guard.held} onClick={() => void send()}>
            {t(`desk.editor.send.${mode}`)}
          </Button>
        </EditorFoot>
      </FileDrop>
    </div>
  )
}

function placeholderOf(mode: Mode, summary: Summary) {
  if (mode === 'note') return 'desk.editor.placeholder.note'
  if (mode === 'whisper') return 'desk.editor.placeholder.whisper'
  return summary.state === 'queued' ? 'desk.editor.placeholder.takes' : 'desk.editor.placeholder.reply'
}

interface DoorWays {
  takeBack: (text: string) => void
  insertCard: (card: { kind: 'order' | 'product'; id: string }) => void
}

/** Words that come back, and cards from the right column. */
function useDoor(field: RefObject<HTMLTextAreaElement | null>, ways: DoorWays): void {
  const door = useEditorDoor()
  const latest = useRef(ways)
  useEffect(() => {
    latest.current = ways
  })
  useEffect(
    () =>
      door.open({
        take: (words) => latest.current.takeBack(words),
        focus: () => field.current?.focus(),
        sendCard: (card) => latest.current.insertCard(card),
      }),
    [door, field],
  )
}
