import { Select } from 'antd'
import { useTranslation } from '@/i18n/react'
import '@/ui/sheet.css'
import { OPEN_KINDS } from '../shop/opening'
import { BUYERS_TURN, type BoardFilter, DUES, OTHERS, OUR_TURN, TURNS, type TurnFilter } from './board'
import { useCounts } from './useBoard'

interface Props {
  shop: string
  filter: BoardFilter
  onChange: (filter: BoardFilter) => void
}

/** Whose turn, which state, what kind, how urgent, until when; each with what stands there now. */
export function Filters({ shop, filter, onChange }: Props) {
  const { t } = useTranslation('after_sale')
  const { data: counts = [] } = useCounts(shop)
  const sum = (states: readonly string[] | null, field: 'cases' | 'urgent' = 'cases') =>
    counts.filter(({ state }) => states === null || states.includes(state)).reduce((total, one) => total + one[field], 0)
  const ofTurn: Record<TurnFilter, readonly string[] | null> = { shop: OUR_TURN, buyer: BUYERS_TURN, others: OTHERS, all: null, closed: [] }
  const states = filter.turn === 'all' ? [...OUR_TURN, ...BUYERS_TURN, ...OTHERS] : [...(ofTurn[filter.turn] ?? [])]
  const closed = filter.turn === 'closed'
  return (
    <div className="as-filters">
      <div className="as-turns" role="group" aria-label={t('board.whose')}>
        {TURNS.map((turn) => (
          <button key={turn} type="button" className="as-turn" aria-pressed={filter.turn === turn} onClick={() => onChange({ ...filter, turn, state: null })}>
            {t(`board.turn.${turn}`)}
            {turn === 'closed' ? null : <span className="x-figures"> {sum(ofTurn[turn])}</span>}
            {turn === 'shop' && sum(OUR_TURN, 'urgent') > 0 ? <span className="as-urgent"> {t('board.urgent', { count: sum(OUR_TURN, 'urgent') })}</span> : null}
          </button>
        ))}
      </div>
      <div className="x-actions">
        <Select
          size="small"
          aria-label={t('board.who')}
          value={filter.mine}
          onChange={(mine) => onChange({ ...filter, mine })}
          options={[false, true].map((mine) => ({ value: mine, label: t(mine ? 'board.mine' : 'board.everybody') }))}
          popupMatchSelectWidth={false}
          className="as-filter"
        />
        {closed ? null : (
          <Select
            size="small"
            aria-label={t('board.state')}
            value={filter.state ?? ''}
            onChange={(state) => onChange({ ...filter, state: (state || null) as BoardFilter['state'] })}
            options={[
              { value: '', label: t('board.any_state') },
              ...states.map((state) => ({ value: state, label: `${t(`state.${state as 'done'}`)} (${sum([state])})` })),
            ]}
            popupMatchSelectWidth={false}
            className="as-filter"
          />
        )}
        <Select
          size="small"
          aria-label={t('board.kind')}
          value={filter.kind ?? ''}
          onChange={(kind) => onChange({ ...filter, kind: (kind || null) as BoardFilter['kind'] })}
          options={[{ value: '', label: t('board.any_kind') }, ...OPEN_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))]}
          popupMatchSelectWidth={false}
          className="as-filter"
        />
        {closed ? null : (
          <>
            <Select
              size="small"
              aria-label={t('board.stage')}
              value={filter.stage}
              onChange={(stage) => onChange({ ...filter, stage })}
              options={([0, 1, 2] as const).map((value) => ({ value, label: value === 0 ? t('board.any_stage') : t(`board.stage_from.${value}`) }))}
              popupMatchSelectWidth={false}
              className="as-filter"
            />
            <Select
              size="small"
              aria-label={t('board.due')}
              value={filter.due}
              onChange={(due) => onChange({ ...filter, due })}
              options={DUES.map((value) => ({ value, label: t(`board.due_by.${value}`) }))}
              popupMatchSelectWidth={false}
              className="as-filter"
            />
          </>
        )}
      </div>
    </div>
  )
}
