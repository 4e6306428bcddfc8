import { Tag } from 'antd'
import { LANGUAGE_NAMES, type Language } from '@/i18n/languages'
import { useTranslation } from '@/i18n/react'
import type { CellChange, Differences, Shown } from '../model/diff'
import type { Condition, Grid } from '../tables'
import { useSaying } from './said'
import './editor.css'

/** Two wordings, cell by cell: what it was, what it is. */
export function DiffView({ grid, diff }: { grid: Grid; diff: Differences }) {
  const { t } = useTranslation('rulebook')
  if (diff.rows.length === 0 && diff.columns.length === 0) return <p className="x-quiet">{t('diff.none')}</p>
  return (
    <>
      {diff.columns.length > 0 ? (
        <section className="xr-change">
          <strong>{t('diff.bands')}</strong>
          <Cells grid={grid} cells={diff.columns} />
        </section>
      ) : null}
      {diff.rows.map(({ row, change, cells }) => (
        <section key={row} className="xr-change" data-row={row}>
          <code>{row}</code> <Tag>{t(`diff.${change}`)}</Tag>
          <Cells grid={grid} cells={cells} />
        </section>
      ))}
    </>
  )
}

function Cells({ grid, cells }: { grid: Grid; cells: readonly CellChange[] }) {
  const { t } = useTranslation('rulebook')
  const say = useSaying()
  const name = ({ part, name: column }: CellChange): string => {
    switch (part) {
      case 'when':
      case 'then': {
        const found = (part === 'when' ? grid.inputs : grid.outputs).find((one) => one.name === column)
        return found ? say.label(found) : column
      }
      case 'say':
        return `${t('column.say')} (${LANGUAGE_NAMES[column as Language] ?? LANGUAGE_NAMES['zh-Hans']})`
      case 'bands':
        return column
      case 'basis':
      case 'authority':
        return t(`column.${part}`)
      case 'note':
        return t('diff.note')
      case 'otherwise':
        return t('cell.otherwise')
    }
  }
  const shown = (part: CellChange['part'], value: Shown): string => {
    if (part === 'when') return say.condition(value as Condition | undefined)
    if (part === 'authority' && typeof value === 'string') return t(`authority.${value as 'law'}`)
    return say.cell(value as Exclude<Shown, Condition>)
  }
  return (
    <ul>
      {cells.map((cell) => (
        <li key={`${cell.part}.${cell.name}`}>
          {name(cell)}: <del className="xr-was">{shown(cell.part, cell.before)}</del> → <ins>{shown(cell.part, cell.after)}</ins>
        </li>
      ))}
    </ul>
  )
}
