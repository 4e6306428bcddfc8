import { useLanguage, useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { type Look, StandWord } from '@/ui/Matter'
import { RulesVersion } from '@/ui/RulesVersion'
import { absoluteTime } from '@/ui/time'
import { Appeal } from './Appeal'
import type { Appeals, Measure } from './wire'

const LOOKS = { in_force: 'breach', suspended: 'waiting', awaiting_exam: 'soon', ended: 'over' } as const satisfies Record<Measure['state'], Look>

/** Measures with one reason and one end, told once: what they take away, until when, what happens then, why. */
export function MeasureCard({ measures, appeals }: { measures: readonly [Measure, ...Measure[]]; appeals?: Appeals }) {
  const { t } = useTranslation(['penalties', 'measures'])
  const language = useLanguage()
  const one = measures[0]
  const { statement } = one
  return (
    <article className="xp-measure">
      <header className="xp-measure-head">
        <h3>{measures.map(({ kind }) => t(`measures:kind.${kind}`)).join(' · ')}</h3>
        <StandWord look={LOOKS[one.state]}>{t(`measures:state.${one.state}`)}</StandWord>
      </header>
      <p>
        {one.due_at && one.then ? <Countdown due={one.due_at} set={one.begins_at} then={t(`measures:then.${one.then}` as 'measures:then.ends')} /> : null}
        {one.ends_at ? null : <strong>{t('measures:for_ever')}</strong>}
      </p>
      {one.state === 'ended' ? null : (
        <ul className="x-dim">
          {measures.map(({ id, kind }) => (
            <li key={id}>{t(`measures:stops.${kind}`)}</li>
          ))}
        </ul>
      )}
      <dl className="xp-facts">
        <dt>{t('penalties:measures.reasons')}</dt>
        <dd className="x-said">{statement.facts}</dd>
        <dt>{t('penalties:measures.clause')}</dt>
        <dd>
          <code>{statement.row}</code> · {statement.basis} · <RulesVersion version={statement.rules_version} />
        </dd>
        {statement.evidence.length > 0 ? (
          <>
            <dt>{t('penalties:measures.evidence')}</dt>
            <dd>{statement.evidence.join(' · ')}</dd>
          </>
        ) : null}
      </dl>
      <p className="x-dim">
        {t(statement.automated ? 'penalties:measures.automated' : 'penalties:measures.by_person')}
        {statement.appeal_until ? ` · ${t('penalties:measures.appeal_until', { at: absoluteTime(Date.parse(statement.appeal_until), language) })}` : ''}
      </p>
      {appeals && one.source_kind !== 'officer' ? <Appeal {...appeals} kind={one.source_kind} target={one.source_id} /> : null}
    </article>
  )
}
