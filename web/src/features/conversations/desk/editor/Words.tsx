import { type ChangeEvent, type KeyboardEvent, type ReactNode, type RefObject, useMemo } from 'react'
import type { MarkRange } from '../parts'

export interface WordsProps {
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  ranges: readonly MarkRange[]
  label: string
  placeholder: string
  /** The list that is open beside the field, for screen readers. */
  list: { id: string; active: string | undefined } | null
  describedBy?: string | undefined
  onText: (text: string) => void
  /** The caret moved or words changed. */
  onCaret: (text: string, caret: number) => void
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void
}

/** A field that grows with its words and underlines some of them: the words are drawn once more behind it. */
export function Words({ field, text, ranges, label, placeholder, list, describedBy, onText, onCaret, onKeyDown }: WordsProps) {
  const change = (event: ChangeEvent<HTMLTextAreaElement>) => {
    onText(event.target.value)
    onCaret(event.target.value, event.target.selectionStart)
  }
  const moved = () => {
    const element = field.current
    if (element) onCaret(element.value, element.selectionStart)
  }
  return (
    <div className="xd-words-field">
      <Mirror text={text} ranges={ranges} />
      <textarea
        ref={field}
        className="xd-words-input"
        aria-label={label}
        aria-describedby={describedBy}
        placeholder={placeholder}
        value={text}
        rows={2}
        spellCheck={false}
        onChange={change}
        onSelect={moved}
        onKeyDown={onKeyDown}
        {...(list
          ? { role: 'combobox', 'aria-expanded': true, 'aria-controls': list.id, 'aria-activedescendant': list.active, 'aria-autocomplete': 'list' as const }
          : {})}
      />
    </div>
  )
}

function Mirror({ text, ranges }: { text: string; ranges: readonly MarkRange[] }) {
  const pieces = useMemo(() => cut(text, ranges), [text, ranges])
  return (
    <div className="xd-words-mirror" aria-hidden>
      {pieces}
      {/* The last line break has a height only when something follows it. */}
      {'\u200b'}
    </div>
  )
}

function cut(text: string, ranges: readonly MarkRange[]): ReactNode[] {
  const pieces: ReactNode[] = []
  let done = 0
  for (const { start, end, verdict } of ranges) {
    if (start < done || end > text.length) continue
    pieces.push(text.slice(done, start))
    pieces.push(
      <mark key={start} data-verdict={verdict}>
        {text.slice(start, end)}
      </mark>,
    )
    done = end
  }
  pieces.push(text.slice(done))
  return pieces
}
