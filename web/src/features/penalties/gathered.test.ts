import { describe, expect, it } from 'vitest'
import { gathered } from './gathered'
import type { Measure } from './wire'

const measure = (id: string, more: Partial<Measure> = {}) =>
  ({ id, source_id: 'p', state: 'in_force', ends_at: '2026-11-18', statement: { row: 'D5b-n12' }, ...more }) as Measure

describe('gathered', () => {
  it('tells measures of one penalty with one end together, in order', () => {
    const groups = gathered([measure('a'), measure('b'), measure('c', { ends_at: null }), measure('d')])
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([['a', 'b', 'd'], ['c']])
  })
  it('keeps penalties and states apart', () => {
    expect(gathered([measure('a'), measure('b', { source_id: 'q' }), measure('c', { state: 'suspended' })])).toHaveLength(3)
  })
  it('has nothing to tell of nothing', () => {
    expect(gathered([])).toEqual([])
  })
})
