/** How one wording differs from another, cell by cell. Rows are the same when their ids are. */
import type { Cell, Condition, Grid, GridRow, Word } from '../tables'

export type Part = 'when' | 'then' | 'say' | 'basis' | 'authority' | 'note' | 'otherwise' | 'bands'

export interface CellChange {
  part: Part
  /** The column, or the language of a sentence. */
  name: string
  before: Shown
  after: Shown
}

export type Shown = Condition | Cell | Word | undefined

export interface RowDifference {
  row: string
  change: 'added' | 'removed' | 'changed'
  cells: CellChange[]
}

export interface Differences {
  /** Edges of bands that moved. */
  columns: CellChange[]
  rows: RowDifference[]
}

export function differences(before: Grid, after: Grid): Differences {
  const was = new Map(before.rows.map((row) => [row.id, row]))
  const now = new Set(after.rows.map((row) => row.id))
  const rows: RowDifference[] = []
  for (const row of after.rows) {
    const old = was.get(row.id)
    if (!old) rows.push({ row: row.id, change: 'added', cells: cells(EMPTY, row) })
    else {
      const changed = cells(old, row)
      if (changed.length > 0) rows.push({ row: row.id, change: 'changed', cells: changed })
    }
  }
  for (const row of before.rows) if (!now.has(row.id)) rows.push({ row: row.id, change: 'removed', cells: cells(row, EMPTY) })
  return { columns: bands(before, after), rows }
}

const EMPTY: Omit<GridRow, 'id'> = { when: {}, then: {}, basis: '', authority: null, say: {}, note: '', otherwise: false }

function cells(before: Omit<GridRow, 'id'>, after: Omit<GridRow, 'id'>): CellChange[] {
  const found = [
    ...each('when', before.when ?? {}, after.when ?? {}),
    ...each('then', before.then, after.then),
    ...each('say', before.say ?? {}, after.say ?? {}),
  ]
  for (const part of ['basis', 'authority', 'note', 'otherwise'] as const) {
    const [old, fresh] = [before[part] || null, after[part] || null]
    if (old !== fresh) found.push({ part, name: part, before: old, after: fresh })
  }
  return found
}

function each(part: Part, before: Record<string, Shown>, after: Record<string, Shown>): CellChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names]
    .filter((name) => plain(before[name]) !== plain(after[name]))
    .map((name) => ({ part, name, before: before[name], after: after[name] }))
}

function bands(before: Grid, after: Grid): CellChange[] {
  return after.inputs.flatMap((input) => {
    const was = spans(before.inputs.find(({ name }) => name === input.name))
    const now = spans(input)
    return [...new Set([...now.keys(), ...was.keys()])]
      .filter((band) => was.get(band) !== now.get(band))
      .map((band): CellChange => ({ part: 'bands', name: `${input.name}: ${band}`, before: was.get(band), after: now.get(band) }))
  })
}

function spans(input: Grid['inputs'][number] | undefined): Map<string, string> {
  return new Map((input?.bands ?? []).map((edges, at) => [String(input?.values[at]), span(edges)]))
}

export function span([first, last]: readonly [number | null, number | null]): string {
  return `${first ?? ''}..${last ?? ''}`
}

/** Order of the listed values, an empty list and nothing make no difference. */
function plain(value: Shown): string {
  if (value === undefined || value === null || value === '') return ''
  if (Array.isArray(value)) return value.length === 0 ? '' : JSON.stringify([...value].sort())
  if (typeof value === 'object') return JSON.stringify([[...value.values].map(String).sort(), value.negated ?? false])
  return JSON.stringify(value)
}
