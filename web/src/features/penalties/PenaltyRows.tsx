import { Button } from 'antd'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { type Look, StandWord } from '@/ui/Matter'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import type { Penalty } from './wire'
import { useOffence, useOutcome } from './words'

const LOOKS = { appealable: 'soon', final: 'over', reversed: 'settled' } as const satisfies Record<Penalty['state'], Look>

/** Whether a penalty may still be appealed against, and how long. */
export function PenaltyStand({ one }: { one: Penalty }) {
  const { t } = useTranslation('penalties')
  return (
    <span>
      <StandWord look={LOOKS[one.state]}>{t(`state.${one.state}`)}</StandWord>
      {one.state === 'appealable' ? (
        <div>
          <Countdown due={one.appeal_until} set={one.at} short />
        </div>
      ) : null}
    </span>
  )
}

/** Penalties as a list: what for, what came of it, whether it may still be appealed against. */
export function PenaltyRows({ penalties, named, onOpen }: { penalties: readonly Penalty[]; named: boolean; onOpen: (one: Penalty) => void }) {
  const { t } = useTranslation('penalties')
  const offence = useOffence()
  const outcome = useOutcome()
  const columns: Column<Penalty>[] = [
    {
      id: 'offence',
      title: t('penalties.offence'),
      render: (one) => (
        <span>
          <strong>{offence(one.offence)}</strong>
          <div className="x-dim">{t(`grade.${one.grade}` as 'grade.general')}</div>
        </span>
      ),
    },
    { id: 'effect', title: t('penalties.effect'), render: (one) => <span style={one.state === 'reversed' ? { textDecoration: 'line-through' } : undefined}>{outcome(one)}</span> },
    { id: 'when', title: t('penalties.when'), render: (one) => <RelativeTime at={one.at} /> },
    {
      id: 'state',
      title: t('penalties.state'),
      render: (one) => <PenaltyStand one={one} />,
    },
  ]
  if (named) columns.unshift({ id: 'subject', title: t('penalties.subject'), render: (one) => one.subject_name })
  return (
    <Rows
      label={t('penalties.title')}
      columns={columns}
      rows={penalties}
      rowKey={(one) => one.id}
      renderActions={(one) => (
        <Button size="small" onClick={() => onOpen(one)}>
          {t('penalties.open')}
        </Button>
      )}
    />
  )
}
