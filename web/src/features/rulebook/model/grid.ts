/** What an editor does to a table: every function gives a new grid and leaves the old one as it was. */
import type { Cell, Condition, Facts, Grid, GridInput, GridOutput, GridRow, Word } from '../tables'

/** A row that takes everything and says the first of all words; its id is free. */
export function freshRow(grid: Grid, after?: GridRow): GridRow {
  const then = Object.fromEntries(grid.outputs.map((output) => [output.name, firstCell(output)]))
  return { id: freeId(grid, after?.id ?? 'new'), when: {}, then, basis: after?.basis ?? '', authority: after?.authority ?? null, say: {}, note: '', otherwise: false }
}

/** A row for one case and no other: what mends a gap. */
export function rowForCase(grid: Grid, example: Facts): GridRow {
  const when: Record<string, Condition> = {}
  for (const input of grid.inputs) {
    const fact = example[input.name]
    if (fact !== undefined) when[input.name] = { values: [settle(input, fact)], negated: false }
  }
  return { ...freshRow(grid, grid.rows.at(-1)), when }
}

export function insertRow(grid: Grid, row: GridRow, at: number): Grid {
  return { ...grid, rows: [...grid.rows.slice(0, at), row, ...grid.rows.slice(at)] }
}

/** A copy right under the row, with an id of its own. */
export function duplicateRow(grid: Grid, at: number): Grid {
  const row = grid.rows[at]
  return row ? insertRow(grid, { ...structuredClone(row), id: freeId(grid, row.id) }, at + 1) : grid
}

export function removeRow(grid: Grid, at: number): Grid {
  return { ...grid, rows: grid.rows.filter((_, index) => index !== at) }
}

/** Up (-1) or down (+1); at the ends nothing happens. */
export function moveRow(grid: Grid, at: number, by: -1 | 1): Grid {
  const row = grid.rows[at]
  const other = grid.rows[at + by]
  if (!row || !other) return grid
  return { ...grid, rows: grid.rows.map((each, index) => (index === at ? other : index === at + by ? row : each)) }
}

export function changeRow(grid: Grid, at: number, change: Partial<GridRow>): Grid {
  return { ...grid, rows: grid.rows.map((row, index) => (index === at ? { ...row, ...change } : row)) }
}

/** Null: the row takes anything of this input. All values, or none but none, is anything too. */
export function setCondition(grid: Grid, at: number, input: GridInput, condition: Condition | null): Grid {
  const row = grid.rows[at]
  if (!row) return grid
  const when = { ...row.when }
  delete when[input.name]
  if (condition && !takesAll(input, condition)) {
    // The order of the columns is the order in which the text writes them.
    const ordered = grid.inputs.flatMap(({ name }): [string, Condition][] => {
      const kept = name === input.name ? condition : when[name]
      return kept ? [[name, kept]] : []
    })
    return changeRow(grid, at, { when: Object.fromEntries(ordered) })
  }
  return changeRow(grid, at, { when })
}

export function setOutcome(grid: Grid, at: number, name: string, value: Cell): Grid {
  const row = grid.rows[at]
  return row ? changeRow(grid, at, { then: { ...row.then, [name]: value } }) : grid
}

/** What one key press does to a yes/no condition: anything → yes → no → anything. */
export function nextCondition(input: GridInput, condition: Condition | undefined): Condition | null {
  if (input.kind !== 'bool') return condition ?? null
  if (!condition) return { values: [true], negated: false }
  const yes = condition.values.includes(true) !== (condition.negated ?? false)
  return yes ? { values: [false], negated: false } : null
}

/** The edges of the bands of a column; values keep their names. */
export function setBands(grid: Grid, name: string, bands: NonNullable<GridInput['bands']>): Grid {
  return { ...grid, inputs: grid.inputs.map((input) => (input.name === name ? { ...input, bands } : input)) }
}

/** The value of the domain a fact stands for: for bands the name of the band. */
export function settle(input: GridInput, fact: Word): Word {
  if (input.kind !== 'bands' || typeof fact !== 'number') return fact
  const at = (input.bands ?? []).findIndex(([first, last]) => (first === null || first <= fact) && (last === null || fact <= last))
  return input.values[at] ?? fact
}

/** A fact that stands for a value: for a band one of its integers. */
export function sample(input: GridInput, value: Word): Word {
  if (input.kind !== 'bands') return value
  const [first, last] = input.bands?.[input.values.indexOf(value)] ?? [null, null]
  return first ?? last ?? 0
}

/** Whether the row takes the case; `otherwise` is left to the server. */
export function takes(grid: Grid, row: GridRow, facts: Facts): boolean {
  return grid.inputs.every((input) => {
    const condition = row.when?.[input.name]
    const fact = facts[input.name]
    if (!condition || fact === undefined) return true
    return condition.values.includes(settle(input, fact)) !== (condition.negated ?? false)
  })
}

function takesAll(input: GridInput, { values, negated }: Condition): boolean {
  return negated ? values.length === 0 : input.values.every((value) => values.includes(value))
}

function firstCell({ kind, words, many, optional }: GridOutput): Cell {
  if (many) return []
  if (optional) return null
  if (kind === 'words') return words?.[0] ?? ''
  return kind === 'bool' ? false : kind === 'int' ? 0 : ''
}

function freeId(grid: Grid, id: string): string {
  const taken = new Set(grid.rows.map((row) => row.id))
  const stem = id.replace(/~\d+$/, '')
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}~${number}`)) return `${stem}~${number}`
}
