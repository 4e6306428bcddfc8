import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { DecisionsButton } from '@/ui/Decisions'
import { RulesVersion } from '@/ui/RulesVersion'
import { DisputeClock, DisputeState, ExhibitCard } from '../parts/Parts'
import { RulingView } from '../parts/RulingView'
import type { Bench as BenchOf } from '../parts/wire'
import { BenchDeeds } from './BenchDeeds'
import { Claims } from './Claims'
import { Precedents, Signals } from './Precedents'
import { Proposed } from './Proposed'
import { TimeLine } from './TimeLine'
import { Weigh } from './Weigh'

interface Props {
  one: BenchOf
  onMoved: (bench: BenchOf) => void
  onDue: () => void
}

/** The mediator's bench: claims as rows, one time line, what is shown; on the right what can be done and ruled. */
export function Bench({ one, onMoved, onDue }: Props) {
  const { t } = useTranslation('disputes')
  return (
    <>
      <header className="x-matter-head">
        <h1>
          {one.claimant.name} → {one.respondent.name}
        </h1>
        <span>
          <DisputeState line={one} />&emsp;<DisputeClock line={one} onDue={() => setTimeout(onDue, 1_000)} />
        </span>
      </header>
      <p className="x-dim">
        <Copyable text={one.number} /> · {one.order_number ? <><Copyable text={one.order_number} /> · </> : null}{one.officer?.name || t('page.nobody')} ·{' '}
        {t('page.version')} <RulesVersion version={one.rules_version} />
      </p>
      <Signals one={one} />
      <div className="dp-bench">
        <div>
          <section className="x-box">
            <h2>{t('page.claims')}</h2>
            <Claims one={one} />
          </section>
          <section className="x-box">
            <h2>{t('page.time_line')}</h2>
            <TimeLine one={one} />
          </section>
          <section className="x-box">
            <h2>{t('page.exhibits')}</h2>
            <ul className="x-list">
              {one.exhibits.map((shown) => (
                <li key={shown.id}>
                  <ExhibitCard one={shown} />
                  <Weigh one={one} exhibit={shown} onMoved={onMoved} />
                </li>
              ))}
            </ul>
            {one.exhibits.length === 0 ? <p className="x-dim">{t('page.no_exhibits')}</p> : null}
          </section>
        </div>
        <div className="dp-side">
          <BenchDeeds one={one} onMoved={onMoved} />
          {one.rulings.toReversed().map((ruling) => (
            <RulingView key={ruling.id} whole={one} ruling={ruling} />
          ))}
          <Proposed one={one} />
          <Precedents one={one} />
          <DecisionsButton
            queryKey={['disputes', 'people', one.id, 'why', one.version]}
            load={(signal) => api.GET('/platform/v1/disputes/{dispute}/why', { params: { path: { dispute: one.id } }, signal })}
            label={t('page.why')}
          />
        </div>
      </div>
    </>
  )
}
