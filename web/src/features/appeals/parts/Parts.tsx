import { Fragment } from 'react'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Countdown } from '@/ui/Countdown'
import { type Look, StandWord, Steps } from '@/ui/Matter'
import { Money } from '@/ui/Money'
import type { AppealLine, AppealWhole, Evidence, Statement } from './wire'

/** Where an appeal stands, as the one who looks would say it. */
export function AppealState({ line }: { line: AppealLine }) {
  const { t } = useTranslation('appeals')
  return <StandWord look={lookOf(line)}>{t(`state.${line.state}`)}</StandWord>
}

function lookOf({ state, turn, side }: AppealLine): Look {
  if (state === 'upheld') return 'settled'
  if (state === 'dismissed' || state === 'refused' || state === 'withdrawn') return 'over'
  return turn === side ? 'accent' : 'waiting'
}

/** What is left, and what silence leads to. */
export function AppealClock({ line, short = false, onDue }: { line: AppealLine; short?: boolean; onDue?: () => void }) {
  const { t } = useTranslation('appeals')
  if (line.due_at === null || line.then === null) return null
  return <Countdown due={line.due_at} set={line.moved_at} then={t(`then.${(line.then === line.state ? 'reminded' : line.then) as 'accepted'}`)} short={short} {...(onDue ? { onDue } : {})} />
}

/** What was decided, as it stood when the appeal was lodged. */
export function Appealed({ one }: { one: AppealWhole }) {
  const { t } = useTranslation('appeals')
  const { summary } = one
  const word = useWord()
  return (
    <section className="x-box">
      <h2>{t('part.appealed')}</h2>
      <dl className="x-facts">
        <dt>{t('part.decision')}</dt>
        <dd>
          {t(`target.${one.target_kind}`)} {word(summary.title)}
        </dd>
        {summary.facts ? <Pair name={t('part.facts')} value={summary.facts} /> : null}
        {summary.rows.length > 0 ? <Pair name={t('part.rows')} value={`${summary.rows.join(' · ')} (${summary.version})`} /> : null}
        <Pair name={t('part.decided_by')} value={t(summary.automated ? 'part.automated' : 'part.by_person')} />
        {one.suspended ? <Pair name={t('part.meanwhile')} value={t('part.suspended')} /> : null}
      </dl>
    </section>
  )
}

/** A measure, a ground, an offence or a harm by its name in the domain it comes from; anything else as it is. */
function useWord(): (word: string) => string {
  const { t, i18n } = useTranslation(['measures', 'blocks', 'appeals'])
  return (word) => {
    const found = [`measures:kind.${word}`, `blocks:ground.${word}`, `appeals:offence.${word}`, `appeals:harm.${word}`].find((key) => i18n.exists(key))
    return found ? t(found as 'measures:kind.shield_shop') : word
  }
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="x-said">{value}</dd>
    </>
  )
}

/** What the appellant says. */
export function Wanted({ one }: { one: AppealWhole }) {
  const { t } = useTranslation('appeals')
  return (
    <section className="x-box">
      <h2>{t('part.appeal')}</h2>
      <dl className="x-facts">
        <Pair name={t('part.appellant')} value={one.appellant.name} />
        <Pair name={t('part.why')} value={one.text} />
        {one.wanted ? <Pair name={t('part.wanted')} value={one.wanted} /> : null}
        {one.new_facts ? <Pair name={t('part.new_facts')} value={one.new_facts} /> : null}
        {one.late_reason ? <Pair name={t('part.late_reason')} value={one.late_reason} /> : null}
      </dl>
      {one.evidence.length > 0 ? (
        <>
          <h3>{t('part.evidence')}</h3>
          <ul className="x-list">
            {one.evidence.map((shown) => (
              <li key={shown.id}>
                <EvidenceView shown={shown} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

export function EvidenceView({ shown }: { shown: Evidence }) {
  const { t } = useTranslation('appeals')
  return (
    <div>
      <strong>{t(`evidence.${shown.kind as 'statement'}`)}</strong> <span className="x-dim">{t(`side.${shown.side}`)} · {t(`weight.${shown.weighed.weight}`)}</span>
      {shown.number ? (
        <div>
          <Copyable text={shown.number} />
        </div>
      ) : null}
      {shown.text ? <p className="x-said">{shown.text}</p> : null}
      {shown.files.map((file) => (
        <a key={file.id} href={file.url} target="_blank" rel="noreferrer">
          {file.name}
        </a>
      ))}
    </div>
  )
}

/** What came of it and why: facts, clauses, evidence used and not, what was undone, where to turn now. */
export function StatementView({ one, statement }: { one: AppealWhole; statement: Statement }) {
  const { t } = useTranslation('appeals')
  const word = useWord()
  const names = new Map(one.evidence.map((shown) => [shown.id, shown]))
  return (
    <section className="x-box" data-mark="now">
      <h2>{t(`result.${statement.result}`)}</h2>
      {statement.facts ? <p className="x-said">{statement.facts}</p> : <p>{t('part.lapsed')}</p>}
      <dl className="x-facts">
        <Pair name={t('part.rows')} value={`${statement.rows.join(' · ')} (${statement.version})`} />
        <Pair name={t('part.decided_by')} value={t(statement.human ? 'part.by_person' : 'part.automated')} />
      </dl>
      {statement.effects.length > 0 ? (
        <>
          <h3>{t('part.effects')}</h3>
          <ul>
            {statement.effects.map((effect, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- the pieces of one answer never move
              <li key={place}>
                {t(`effect.${effect.kind}`)} {effect.points ? t('part.points', { points: effect.points }) : null}
                {effect.amount_minor && effect.currency ? <Money minor={effect.amount_minor} currency={effect.currency} /> : null}
                {effect.words ? <span className="x-dim"> {word(effect.words)}</span> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Used title={t('part.used')} items={statement.used.map((id) => ({ id, shown: names.get(id), why: '' }))} />
      <Used title={t('part.not_used')} items={statement.refused.map(({ evidence, why }) => ({ id: evidence, shown: names.get(evidence), why }))} />
      <h3>{t('part.next')}</h3>
      <p>{statement.next.map((way) => t(`next.${way}`)).join(' · ')}</p>
    </section>
  )
}

function Used({ title, items }: { title: string; items: readonly { id: string; shown: Evidence | undefined; why: string }[] }) {
  const { t } = useTranslation('appeals')
  if (items.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {items.map(({ id, shown, why }) => (
          <li key={id}>
            {shown ? t(`evidence.${shown.kind as 'statement'}`) : id} {shown?.number ?? shown?.text.slice(0, 60)}
            {why ? <Fragment>: {why}</Fragment> : null}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What happened, the newest first. */
export function AppealSteps({ one }: { one: AppealWhole }) {
  const { t, i18n } = useTranslation('appeals')
  const steps = one.timeline.toReversed().map((step) => ({
    key: step.version,
    title: i18n.exists(`appeals:event.${step.event}`) ? t(`event.${step.event}` as 'event.accept') : step.event,
    by: step.person_name || t(`side.${step.side}`),
    at: step.at,
    text: step.text,
  }))
  return (
    <section className="x-box">
      <h2>{t('part.timeline')}</h2>
      <Steps steps={steps} />
    </section>
  )
}
