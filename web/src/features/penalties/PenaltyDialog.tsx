import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { DecisionsButton } from '@/ui/Decisions'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Appeal } from './Appeal'
import { gathered } from './gathered'
import { MeasureCard } from './MeasureCard'
import './penalties.css'
import type { Doors, Penalty } from './wire'
import { useOffence, useOutcome } from './words'

/** One penalty: what was found, by which rules, and the measures that came of it. */
export function PenaltyDialog({ penalty, doors, footer, onClose }: { penalty: Penalty; doors: Doors; footer?: ReactNode; onClose: () => void }) {
  const { t } = useTranslation('penalties')
  const offence = useOffence()
  const outcome = useOutcome()
  const query = useQuery({ queryKey: [...doors.key, 'penalty', penalty.id], queryFn: ({ signal }) => doors.read(penalty.id, signal) })
  const whole = query.data
  return (
    <Modal open width={760} title={`${offence(penalty.offence)} · ${t(`grade.${penalty.grade}` as 'grade.general')}`} footer={footer ?? null} onCancel={onClose}>
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {whole ? (
          <>
            <dl className="xp-facts">
              <dt>{t('penalties.subject')}</dt>
              <dd>{penalty.subject_name}</dd>
              <dt>{t('penalties.effect')}</dt>
              <dd>
                <strong>{outcome(penalty)}</strong>
              </dd>
              <dt>{t('measures.reasons')}</dt>
              <dd className="x-said">{whole.facts}</dd>
              {whole.evidence.length > 0 ? (
                <>
                  <dt>{t('measures.evidence')}</dt>
                  <dd>{whole.evidence.join(' · ')}</dd>
                </>
              ) : null}
              {penalty.circumstances.length > 0 ? (
                <>
                  <dt>{t('new.circumstances')}</dt>
                  <dd>{penalty.circumstances.map((one) => t(`circumstance.${one}` as 'circumstance.group')).join(' · ')}</dd>
                </>
              ) : null}
              {whole.reversed_why ? (
                <>
                  <dt>{t('reverse.why')}</dt>
                  <dd className="x-said">{whole.reversed_why}</dd>
                </>
              ) : null}
            </dl>
            {doors.appeals ? <Appeal {...doors.appeals} kind="penalty" target={penalty.id} /> : null}
            <DecisionsButton label={t('penalties.why')} queryKey={[...doors.key, 'why', penalty.id]} load={(signal) => doors.why(penalty.id, signal)} />
            {gathered(whole.effects).map((group) => (
              <MeasureCard key={group[0].id} measures={group} />
            ))}
          </>
        ) : null}
      </StateBlock>
    </Modal>
  )
}
