import { describe, expect, it } from 'vitest'
import type { Grid } from '../tables'
import { addEdge, bandsOf, mayStart, moveEdge, removeEdge, splits } from './bands'
import { differences } from './diff'

const GRID: Grid = {
  table: 'guarantee',
  hit: 'unique',
  inputs: [{ name: 'days', kind: 'bands', values: ['week', 'later'], bands: [[null, 7], [8, null]], label: {} }],
  outputs: [{ name: 'due', kind: 'bool', words: [], many: false, optional: false, label: {} }],
  impossible: [],
  rows: [
    { id: 'a', when: { days: { values: ['week'], negated: false } }, then: { due: true }, basis: 'L-054', authority: 'law', say: {}, note: '' },
    { id: 'b', when: { days: { values: ['week'], negated: true } }, then: { due: false }, basis: 'L-054', authority: 'law', say: {}, note: '' },
  ],
}
const days = (grid: Grid) => bandsOf(grid.inputs[0] ?? { name: '', kind: 'bands', values: [] })
const shown = (grid: Grid) => days(grid).map(({ name, first, last }) => `${name} ${first ?? ''}..${last ?? ''}`)
const values = (grid: Grid, at: number) => grid.rows[at]?.when?.days?.values

describe('edges of bands', () => {
  it('are moved: the band below ends right before', () => {
    expect(shown(moveEdge(GRID, 'days', 1, 11))).toEqual(['week ..10', 'later 11..'])
    expect(moveEdge(GRID, 'days', 0, 3).inputs).toEqual(GRID.inputs)
  })

  it('leave every band at least one integer', () => {
    const three = days(addEdge(GRID, 'days', 'fortnight', 5))
    expect(mayStart(three, 2, 5)).toBe(false)
    expect(mayStart(three, 2, 6)).toBe(true)
    expect(mayStart(three, 1, 8)).toBe(false)
    expect(mayStart(three, 1, 1.5)).toBe(false)
  })

  it('are added: rows take the new part where they took the whole', () => {
    const split = addEdge(GRID, 'days', 'fortnight', 5)
    expect(shown(split)).toEqual(['week ..4', 'fortnight 5..7', 'later 8..'])
    expect([values(split, 0), values(split, 1)]).toEqual([['week', 'fortnight'], ['week', 'fortnight']])
    expect(addEdge(GRID, 'days', 'week', 5)).toBe(GRID)
    expect(addEdge(GRID, 'days', 'again', 8)).toBe(GRID)
    expect(splits(days(GRID), 8)).toBe(-1)
  })

  it('are taken away: two bands are one, and no row loses its case', () => {
    const split = addEdge(GRID, 'days', 'fortnight', 16)
    expect(shown(split)).toEqual(['week ..7', 'later 8..15', 'fortnight 16..'])
    expect(shown(removeEdge(split, 'days', 2))).toEqual(['week ..7', 'later 8..'])
    const only = { ...split, rows: split.rows.slice(0, 1).map((row) => Object.assign(row, { when: { days: { values: ['fortnight'], negated: false } } })) }
    expect(values(removeEdge(only, 'days', 2), 0)).toEqual(['later'])
    expect(removeEdge(GRID, 'days', 0)).toBe(GRID)
  })

  it('are told as differences, also those that are gone', () => {
    const split = addEdge(GRID, 'days', 'fortnight', 16)
    expect(differences(GRID, split).columns.map(({ name, before, after }) => [name, before, after])).toEqual([
      ['days: later', '8..', '8..15'],
      ['days: fortnight', undefined, '16..'],
    ])
    expect(differences(split, GRID).columns.map(({ name, after }) => [name, after])).toEqual([
      ['days: later', '8..'],
      ['days: fortnight', undefined],
    ])
  })
})
