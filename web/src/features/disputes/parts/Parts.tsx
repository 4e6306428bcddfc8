import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Countdown } from '@/ui/Countdown'
import { type Look, StandWord, Steps } from '@/ui/Matter'
import { Money } from '@/ui/Money'
import type { DisputeLine, DisputeWhole, Exhibit, Issue } from './wire'

type Standing = Pick<DisputeLine, 'state' | 'turn' | 'me' | 'favour'>

/** Where a dispute stands, as the one who looks would say it. */
export function DisputeState({ line }: { line: Standing }) {
  const { t } = useTranslation('disputes')
  return <StandWord look={lookOf(line)}>{t(`state.${line.state}`)}</StandWord>
}

function lookOf({ state, turn, me, favour }: Standing): Look {
  if (state === 'settled' || (state === 'closed' && favour === me)) return 'settled'
  if (state === 'closed' || state === 'withdrawn') return 'over'
  return turn.includes(me) ? 'accent' : 'waiting'
}

type Clocked = Pick<DisputeLine, 'due_at' | 'then' | 'moved_at' | 'closed_at'>

/** What is left, and what silence leads to. */
export function DisputeClock({ line, short = false, onDue }: { line: Clocked; short?: boolean; onDue?: () => void }) {
  const { t, i18n } = useTranslation('disputes')
  if (line.due_at === null || line.closed_at !== null) return null
  const then = line.then && i18n.exists(`disputes:then.${line.then}`) ? t(`then.${line.then as 'ruling'}`) : ''
  return <Countdown due={line.due_at} set={line.moved_at} then={then} short={short} {...(onDue ? { onDue } : {})} />
}

/** One thing quarrelled about: what must be shown now, by whom, until when, and what follows if it is not. */
export function IssueCard({ issue, currency, mine }: { issue: Issue; currency: string; mine: boolean }) {
  const { t } = useTranslation('disputes')
  return (
    <li className="x-box" data-mark={mine && !issue.settled ? 'now' : undefined}>
      <strong>{t(`issue.${issue.issue}`)}</strong>
      {issue.amount_minor ? (
        <>
          {' '}
          <Money minor={issue.amount_minor} currency={currency} />
        </>
      ) : null}
      <p className="x-said">{issue.words}</p>
      {issue.settled ? <p>{issue.sentence}</p> : null}
      {issue.settled || issue.due_at === null ? null : <Countdown due={issue.due_at} then={t(`follows.${issue.silent}`)} />}
    </li>
  )
}

/** Something shown: its number, whose it is, what it weighs and why. */
export function ExhibitCard({ one }: { one: Exhibit }) {
  const { t, i18n } = useTranslation('disputes')
  const flag = one.flag && i18n.exists(`disputes:flag.${one.flag}`) ? t(`flag.${one.flag as 'late'}`) : null
  return (
    <div className="dp-exhibit" id={`exhibit-${one.number}`}>
      <p>
        <strong>
          #{one.number} {t(`page.kind.${one.kind as 'statement'}`)}
        </strong>{' '}
        <span className="x-dim">
          {t(`side.${one.side}`)} · {t(`page.weight.${one.weight as 'high'}`)} <code>{one.row}</code>
        </span>
      </p>
      {flag ? <p role="note">{flag}</p> : null}
      {one.seal_number ? <Copyable text={one.seal_number} /> : null}
      {one.text ? <p className="x-said">{one.text}</p> : null}
      {one.judged_why ? <p className="x-dim">{one.judged_why}</p> : null}
      <ul className="dp-files">
        {one.files.map((file) => (
          <li key={file.id}>
            <a href={file.url} target="_blank" rel="noreferrer">
              {file.thumbnail_url ? <img src={file.thumbnail_url} alt={file.name} loading="lazy" /> : file.name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What happened, the newest first. */
export function Record({ one }: { one: DisputeWhole }) {
  const { t, i18n } = useTranslation('disputes')
  const steps = one.timeline.toReversed().map((step) => ({
    key: step.version,
    title: i18n.exists(`disputes:event.${step.event}`) ? t(`event.${step.event as 'opened'}`) : step.event,
    by: step.person_name || t(`side.${step.side}`),
    at: step.at,
    text: step.text,
  }))
  return (
    <section className="x-box">
      <h2>{t('page.record')}</h2>
      <Steps steps={steps} />
    </section>
  )
}
