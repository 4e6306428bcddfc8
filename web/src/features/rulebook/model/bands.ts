/** Bands of an integer input: their edges are moved, a band is split in two, or joined with the one below it. Pure. */
import type { Condition, Grid, GridInput, Word } from '../tables'

export interface Band {
  name: string
  first: number | null
  last: number | null
}

export function bandsOf(input: GridInput): Band[] {
  return input.values.map((value, at) => {
    const [first, last] = input.bands?.[at] ?? [null, null]
    return { name: String(value), first, last }
  })
}

export function bandInputs(grid: Grid): GridInput[] {
  return grid.inputs.filter(({ kind }) => kind === 'bands')
}

/** Whether band number `at` (not the lowest) may begin with this integer: both neighbours keep at least one. */
export function mayStart(bands: readonly Band[], at: number, first: number): boolean {
  const below = bands[at - 1]
  const here = bands[at]
  if (!below || !here || !Number.isSafeInteger(first)) return false
  return (below.first === null || first > below.first) && (here.last === null || first <= here.last)
}

/** The band begins with another integer, the one below it ends right before. */
export function moveEdge(grid: Grid, name: string, at: number, first: number): Grid {
  return change(grid, name, (bands) =>
    mayStart(bands, at, first) ? bands.map((band, place) => (place === at ? { ...band, first } : place === at - 1 ? { ...band, last: first - 1 } : band)) : bands,
  )
}

/** Where a new edge would fall: inside a band, not at its beginning. */
export function splits(bands: readonly Band[], first: number): number {
  return bands.findIndex((band) => Number.isSafeInteger(first) && (band.first === null || first > band.first) && (band.last === null || first <= band.last))
}

/** A band is split: from `first` on it has another name, and every row takes the new part where it took the whole. */
export function addEdge(grid: Grid, name: string, band: string, first: number): Grid {
  const bands = bandsOf(inputOf(grid, name))
  const at = splits(bands, first)
  const whole = bands[at]
  if (!whole || band === '' || bands.some((one) => one.name === band)) return grid
  const parts = [
    { ...whole, last: first - 1 },
    { name: band, first, last: whole.last },
  ]
  const wider = change(grid, name, (all) => all.flatMap((one, place) => (place === at ? parts : [one])))
  return conditions(wider, name, (values) => (values.includes(whole.name) ? [...values, band] : values))
}

/** A band is joined with the one below it; a row that took only the upper one takes both now. */
export function removeEdge(grid: Grid, name: string, at: number): Grid {
  const bands = bandsOf(inputOf(grid, name))
  const [below, here] = [bands[at - 1], bands[at]]
  if (!below || !here) return grid
  const fewer = change(grid, name, (all) => all.flatMap((one, place) => (place === at ? [] : place === at - 1 ? [{ ...one, last: here.last }] : [one])))
  return conditions(fewer, name, (values) => {
    const kept = values.filter((value) => value !== here.name)
    return kept.length === 0 && values.length > 0 ? [below.name] : kept
  })
}

function inputOf(grid: Grid, name: string): GridInput {
  return grid.inputs.find((input) => input.name === name) ?? { name, kind: 'bands', values: [], bands: [], label: {} }
}

function change(grid: Grid, name: string, how: (bands: Band[]) => Band[]): Grid {
  return {
    ...grid,
    inputs: grid.inputs.map((input) => {
      if (input.name !== name) return input
      const bands = how(bandsOf(input))
      return { ...input, values: bands.map((band) => band.name), bands: bands.map(({ first, last }): [number | null, number | null] => [first, last]) }
    }),
  }
}

/** What rows and impossible cases say of the input; a condition that names nothing any more is left out. */
function conditions(grid: Grid, name: string, how: (values: Word[]) => Word[]): Grid {
  const said = (when: Record<string, Condition> | undefined): Record<string, Condition> => {
    const condition = when?.[name]
    if (!when || !condition) return when ?? {}
    const values = how([...condition.values])
    if (values.length > 0) return { ...when, [name]: { ...condition, values } }
    return Object.fromEntries(Object.entries(when).filter(([key]) => key !== name))
  }
  return {
    ...grid,
    rows: grid.rows.map((row) => (row.when?.[name] ? { ...row, when: said(row.when) } : row)),
    impossible: (grid.impossible ?? []).map(({ because, when }) => ({ because, when: said(when) })),
  }
}
