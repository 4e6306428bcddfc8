// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { Grid } from '../tables'
import { differences } from './diff'
import { firstStart, keepDraft, keptDraft, localTime } from './draft'
import { changeRow, duplicateRow, freshRow, insertRow, moveRow, nextCondition, removeRow, rowForCase, sample, setBands, setCondition, setOutcome, settle, takes } from './grid'
import { NOTHING, slices, together } from './whatIf'

const GRID: Grid = {
  table: 'freight',
  hit: 'unique',
  inputs: [
    { name: 'payer', kind: 'words', values: ['buyer', 'seller'], bands: [], label: {} },
    { name: 'insured', kind: 'bool', values: [false, true], bands: [], label: {} },
    { name: 'days', kind: 'bands', values: ['within', 'late'], bands: [[null, 7], [8, null]], label: {} },
  ],
  outputs: [
    { name: 'pays', kind: 'words', words: ['buyer', 'seller'], many: false, optional: false, label: {} },
    { name: 'points', kind: 'int', words: [], many: false, optional: true, label: {} },
  ],
  impossible: [],
  rows: [
    { id: 'a', when: { payer: { values: ['buyer'], negated: false } }, then: { pays: 'buyer', points: null }, basis: 'L-001', authority: 'law', say: { en: 'one' }, note: '' },
    { id: 'b', when: { payer: { values: ['buyer'], negated: true } }, then: { pays: 'seller', points: 2 }, basis: 'T-020', authority: null, say: {}, note: '' },
  ],
}
const [payer, insured, days] = GRID.inputs as [Grid['inputs'][number], Grid['inputs'][number], Grid['inputs'][number]]
const ids = (grid: Grid) => grid.rows.map(({ id }) => id)

describe('rows', () => {
  it('are added, doubled, moved and taken away; the old grid stays as it was', () => {
    const before = structuredClone(GRID)
    expect(ids(insertRow(GRID, freshRow(GRID), 1))).toEqual(['a', 'new~2', 'b'])
    const twice = duplicateRow(GRID, 0)
    expect(ids(twice)).toEqual(['a', 'a~2', 'b'])
    expect(ids(duplicateRow(twice, 1))).toEqual(['a', 'a~2', 'a~3', 'b'])
    expect(ids(moveRow(GRID, 0, 1))).toEqual(['b', 'a'])
    expect(ids(moveRow(GRID, 0, -1))).toEqual(['a', 'b'])
    expect(ids(removeRow(GRID, 0))).toEqual(['b'])
    expect(GRID).toEqual(before)
  })

  it('for a case take that case and no other', () => {
    const row = rowForCase(GRID, { payer: 'seller', insured: true, days: 9 })
    expect(row.when?.days).toEqual({ values: ['late'], negated: false })
    expect(takes(GRID, row, { payer: 'seller', insured: true, days: 100 })).toBe(true)
    expect(takes(GRID, row, { payer: 'seller', insured: true, days: 7 })).toBe(false)
    expect(takes(GRID, row, { payer: 'buyer', insured: true, days: 100 })).toBe(false)
  })
})

describe('cells', () => {
  it('take anything when nothing or everything is chosen', () => {
    expect(setCondition(GRID, 0, payer, null).rows[0]?.when).toEqual({})
    expect(setCondition(GRID, 0, payer, { values: ['seller', 'buyer'] }).rows[0]?.when).toEqual({})
    expect(setCondition(GRID, 0, payer, { values: [], negated: true }).rows[0]?.when).toEqual({})
  })

  it('keep the order of the columns', () => {
    const grid = setCondition(setCondition(GRID, 0, days, { values: ['late'] }), 0, insured, { values: [true] })
    expect(Object.keys(grid.rows[0]?.when ?? {})).toEqual(['payer', 'insured', 'days'])
  })

  it('go round anything, yes, no', () => {
    const yes = nextCondition(insured, undefined)
    expect(yes?.values).toEqual([true])
    const no = nextCondition(insured, yes ?? undefined)
    expect(no?.values).toEqual([false])
    expect(nextCondition(insured, no ?? undefined)).toBeNull()
  })

  it('of bands stand for integers', () => {
    expect(settle(days, 7)).toBe('within')
    expect(settle(days, 8)).toBe('late')
    expect(days.values.map((value) => settle(days, sample(days, value)))).toEqual(['within', 'late'])
  })
})

describe('differences', () => {
  it('are none between equal wordings, whatever the order of values', () => {
    const one = setCondition(GRID, 0, days, { values: ['late'], negated: false })
    expect(differences(one, structuredClone(one))).toEqual({ columns: [], rows: [] })
  })

  it('name every cell', () => {
    const next = changeRow(setOutcome(setCondition(GRID, 0, insured, { values: [true] }), 0, 'pays', 'seller'), 0, { say: { en: 'two' } })
    const [row] = differences(GRID, next).rows
    expect(row?.cells.map(({ part, name }) => `${part}.${name}`)).toEqual(['when.insured', 'then.pays', 'say.en'])
    expect(differences(GRID, removeRow(GRID, 1)).rows).toMatchObject([{ row: 'b', change: 'removed' }])
    expect(differences(removeRow(GRID, 1), GRID).rows).toMatchObject([{ row: 'b', change: 'added' }])
    const moved = setBands(GRID, 'days', [[null, 10], [11, null]])
    expect(differences(GRID, moved).columns.map(({ after }) => after)).toEqual(['..10', '11..'])
  })
})

describe('what if', () => {
  it('is asked in slices without gaps', () => {
    const found = slices(new Date('2026-03-31T12:00:00Z'), 30, 7)
    expect(found).toHaveLength(5)
    expect(found.at(-1)?.since).toEqual(new Date('2026-03-01T12:00:00Z'))
    for (const [at, slice] of found.slice(1).entries()) expect(slice.until).toEqual(found[at]?.since)
  })

  it('adds up', () => {
    const line = { inputs: { a: 1, b: true }, count: 2, row_before: 'x', row_after: 'y', outcome_before: {}, outcome_after: {}, fault: null }
    const one = { decisions: 5, changed: 2, rows: [{ row: 'x', before: 5, after: 3 }], differences: [line] }
    const both = together(one, { ...one, differences: [{ ...line, inputs: { b: true, a: 1 } }] })
    expect(both).toMatchObject({ decisions: 10, changed: 4, rows: [{ row: 'x', before: 10, after: 6 }] })
    expect(both.differences.map(({ count }) => count)).toEqual([4])
    expect(together(NOTHING, one)).toEqual(one)
  })
})

describe('a draft', () => {
  it('is kept until it is thrown away', () => {
    keepDraft('t', { from: 'abc', grid: GRID })
    expect(keptDraft('t')).toEqual({ from: 'abc', grid: GRID })
    keepDraft('t', null)
    expect(keptDraft('t')).toBeNull()
    localStorage.setItem('xiaoer.rulebook.draft.t', '{"from":1}')
    expect(keptDraft('t')).toBeNull()
  })

  it('begins at the first midnight after its notice', () => {
    const now = new Date(2026, 2, 1, 15, 30)
    const start = firstStart(now, 7)
    expect(start.getTime() - now.getTime()).toBeGreaterThanOrEqual(7 * 86_400_000)
    expect(localTime(start)).toBe('2026-03-09T00:00')
  })
})
