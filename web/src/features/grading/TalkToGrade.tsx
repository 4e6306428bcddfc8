import { useTranslation } from '@/i18n/react'
import { SentWithProof } from '@/ui/SentWithProof'
import type { TalkLine } from './wire'

const NONE: readonly number[] = []

interface Props {
  lines: readonly TalkLine[]
  /** Messages that are evidence of the row one is at. */
  marked?: readonly number[]
  /** Adds a message to that row's evidence, or takes it out. */
  onPick?: (version: number) => void
}

/** Masked words with their numbers; a number is a button while a sheet is being filled in. */
export function TalkToGrade({ lines, marked = NONE, onPick }: Props) {
  const { t } = useTranslation('grading')
  const { t: inspected } = useTranslation('inspection')
  return (
    <ol className="gr-talk" aria-label={t('sheet.talk')}>
      {lines.map((line) => (
        <li key={line.version} data-role={line.role === 'buyer' ? 'buyer' : 'shop'} data-marked={marked.includes(line.version)}>
          {onPick ? (
            <button type="button" className="gr-number" aria-pressed={marked.includes(line.version)} aria-label={t('sheet.pick', { number: line.version })} onClick={() => onPick(line.version)}>
              {line.version}
            </button>
          ) : (
            <span className="gr-number">{line.version}</span>
          )}
          <span>
            <span className="x-dim">{inspected(`role.${line.role}`)}</span> {line.text || `[${line.kind}]`} <SentWithProof proofs={line.proved} />
          </span>
        </li>
      ))}
    </ol>
  )
}
