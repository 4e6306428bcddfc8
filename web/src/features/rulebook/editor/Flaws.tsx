import { Alert, Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import type { Facts, Flaw, Grid } from '../tables'
import { useSaying } from './said'
import type { DraftState } from './useDraft'

interface Props {
  draft: DraftState
  onGo?: (row: string) => void
  onAdd?: (example: Facts) => void
}

/** Whether the draft answers every case exactly once, and where it does not. */
export function Flaws({ draft, onGo, onAdd }: Props) {
  const { t } = useTranslation('rulebook')
  if (draft.trouble) return <Trouble error={draft.trouble} style={{ margin: '8px 0' }} />
  const found = draft.last
  if (!found) return <p className="x-quiet">{t('proof.checking')}</p>
  return (
    <div aria-live="polite" aria-busy={draft.checked === null}>
      {found.proved ? (
        <Alert type="success" showIcon title={t('proof.proved', { cases: found.cases ?? 0 })} style={{ margin: '8px 0' }} />
      ) : (
        <Alert
          type="error"
          showIcon
          style={{ margin: '8px 0' }}
          title={t('proof.flaws', { number: found.flaws.length })}
          description={<FlawList flaws={found.flaws} grid={draft.grid} {...(onGo ? { onGo } : {})} {...(onAdd ? { onAdd } : {})} />}
        />
      )}
    </div>
  )
}

interface ListProps {
  flaws: readonly Flaw[]
  grid: Grid
  onGo?: (row: string) => void
  onAdd?: (example: Facts) => void
}

export function FlawList({ flaws, grid, onGo, onAdd }: ListProps) {
  const { t } = useTranslation('rulebook')
  const say = useSaying()
  return (
    <ul className="xr-flaws">
      {flaws.map((flaw) => (
        <li key={`${flaw.kind}${flaw.message}`}>
          {sentence(flaw, flaw.example ? say.facts(grid, flaw.example) : '', t)}
          {flaw.line === null || onGo ? null : <span> ({t('proof.line', { line: flaw.line })})</span>}{' '}
          {onGo
            ? flaw.rows.map((row) => (
                <Button key={row} size="small" onClick={() => onGo(row)} style={{ marginInlineEnd: 6 }}>
                  {t('proof.go', { row })}
                </Button>
              ))
            : null}
          {onAdd && flaw.kind === 'gap' && flaw.example ? (
            <Button size="small" type="primary" onClick={() => onAdd(flaw.example ?? {})}>
              {t('proof.add')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function sentence(flaw: Flaw, example: string, t: TFunction<'rulebook'>): string {
  const rows = flaw.rows.join(', ')
  switch (flaw.kind) {
    case 'gap':
      return t('flaw.gap', { case: example })
    case 'overlap':
      return t('flaw.overlap', { rows, case: example })
    case 'unreachable':
      return t('flaw.unreachable', { rows })
    case 'below_law':
      return t('flaw.below_law', { rows, case: example })
    default:
      return t('flaw.form', { message: flaw.message })
  }
}
