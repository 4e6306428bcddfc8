import { type KeyboardEvent, useRef } from 'react'
import { useTranslation } from '@/i18n/react'
import { nextCondition, setCondition } from '../model/grid'
import type { Grid, GridRow } from '../tables'
import { useSaying } from './said'
import './editor.css'

export interface Place {
  row: number
  column: number
}

export type Column =
  | { part: 'id' | 'basis' | 'authority' | 'say'; name: string }
  | { part: 'when' | 'then'; name: string }

export function columnsOf(grid: Grid): Column[] {
  return [
    { part: 'id', name: 'id' },
    ...grid.inputs.map(({ name }): Column => ({ part: 'when', name })),
    ...grid.outputs.map(({ name }): Column => ({ part: 'then', name })),
    { part: 'basis', name: 'basis' },
    { part: 'authority', name: 'authority' },
    { part: 'say', name: 'say' },
  ]
}

interface Props {
  grid: Grid
  label: string
  place: Place
  onPlace: (place: Place) => void
  /** Left out: the grid is only read. */
  onChange?: (grid: Grid) => void
  onOpen?: (place: Place) => void
  onMove?: (by: -1 | 1) => void
  flawed: ReadonlySet<string>
  changed: ReadonlySet<string>
}

/** A table as a grid: arrows walk, Enter opens a cell, Space turns a yes/no cell over, Alt with arrows moves a row. */
export function GridView({ grid, label, place, onPlace, onChange, onOpen, onMove, flawed, changed }: Props) {
  const { t } = useTranslation('rulebook')
  const say = useSaying()
  const box = useRef<HTMLTableElement>(null)
  const columns = columnsOf(grid)
  const go = (row: number, column: number) => {
    const next = { row: clamp(row, grid.rows.length), column: clamp(column, columns.length) }
    onPlace(next)
    box.current?.querySelector<HTMLElement>(`[data-cell="${next.row}.${next.column}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { row, column } = place
    const steps: Record<string, () => void> = {
      ArrowUp: () => (event.altKey ? onMove?.(-1) : go(row - 1, column)),
      ArrowDown: () => (event.altKey ? onMove?.(1) : go(row + 1, column)),
      ArrowLeft: () => go(row, column - 1),
      ArrowRight: () => go(row, column + 1),
      Home: () => go(event.ctrlKey ? 0 : row, 0),
      End: () => go(event.ctrlKey ? grid.rows.length - 1 : row, columns.length - 1),
      PageUp: () => go(row - 10, column),
      PageDown: () => go(row + 10, column),
      Enter: () => onOpen?.(place),
      F2: () => onOpen?.(place),
      ' ': () => turn(),
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    step()
  }
  const turn = () => {
    const at = columns[place.column]
    const input = at?.part === 'when' ? grid.inputs.find(({ name }) => name === at.name) : undefined
    const row = grid.rows[place.row]
    if (input?.kind !== 'bool' || !row || row.otherwise) onOpen?.(place)
    else onChange?.(setCondition(grid, place.row, input, nextCondition(input, row.when?.[input.name])))
  }
  const head = (column: Column): string => {
    const list = column.part === 'when' ? grid.inputs : grid.outputs
    const found = list.find(({ name }) => name === column.name)
    if (column.part === 'when' || column.part === 'then') return found ? say.label(found) : column.name
    return t(`column.${column.part}`)
  }
  return (
    <section className="xr-scroll" aria-label={label}>
      <table ref={box} role="grid" className="xr-grid" aria-label={label} aria-readonly={!onChange} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={`${column.part}.${column.name}`} scope="col" data-part={column.part}>
                {column.part === 'then' ? <span aria-hidden>→ </span> : null}
                {head(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row, at) => (
            <tr key={row.id} data-flawed={flawed.has(row.id) || undefined} data-changed={changed.has(row.id) || undefined} aria-selected={place.row === at}>
              {columns.map((column, index) => (
                <td
                  key={`${column.part}.${column.name}`}
                  data-cell={`${at}.${index}`}
                  data-part={column.part}
                  tabIndex={place.row === at && place.column === index ? 0 : -1}
                  onFocus={() => onPlace({ row: at, column: index })}
                  onDoubleClick={() => onOpen?.({ row: at, column: index })}
                >
                  <CellText row={row} column={column} say={say} flaw={flawed.has(row.id)} changed={changed.has(row.id)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps {
  row: GridRow
  column: Column
  say: ReturnType<typeof useSaying>
  flaw: boolean
  changed: boolean
}

function CellText({ row, column, say, flaw, changed }: CellProps) {
  const { t } = useTranslation('rulebook')
  switch (column.part) {
    case 'id':
      return (
        <>
          <code>{row.id}</code>
          {flaw ? <span className="xr-mark xr-bad">⚠ {t('mark.flaw')}</span> : null}
          {changed && !flaw ? <span className="xr-mark">✎ {t('mark.changed')}</span> : null}
        </>
      )
    case 'when': {
      if (row.otherwise) return <em>{t('cell.otherwise')}</em>
      const condition = row.when?.[column.name]
      return condition ? <>{say.condition(condition)}</> : <span className="xr-any">{t('cell.anything')}</span>
    }
    case 'then':
      return <strong>{say.cell(row.then[column.name])}</strong>
    case 'basis':
      return <>{row.basis}</>
    case 'authority':
      return <>{row.authority ? t(`authority.${row.authority}`) : '–'}</>
    case 'say':
      return <span className="x-clip">{say.said(row.say)}</span>
  }
}

function clamp(at: number, count: number): number {
  return Math.max(0, Math.min(count - 1, at))
}
