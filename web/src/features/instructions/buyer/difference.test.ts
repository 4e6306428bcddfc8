import { describe, expect, it } from 'vitest'
import { differenceMinor, shownChanges, swapped } from './difference'

const items = [
  { id: 'a', quantity: 2, unit_price_minor: 1_000, variant_id: 'v1' },
  { id: 'b', quantity: 1, unit_price_minor: 500, variant_id: 'v3' },
]
const goods = [{ variants: [{ id: 'v1', price_minor: 1_000 }, { id: 'v2', price_minor: 1_250 }] }, { variants: [{ id: 'v4', price_minor: 400 }] }]

describe('other variants', () => {
  it('counts only lines that become something else', () => {
    expect(swapped(items, { a: 'v1', b: 'v4', c: 'v2' })).toEqual([{ item: 'b', new_variant: 'v4' }])
  })
  it('multiplies by pieces and may be below zero', () => {
    expect(differenceMinor(items, { a: 'v2' }, goods)).toBe(500)
    expect(differenceMinor(items, { b: 'v4' }, goods)).toBe(-100)
    expect(differenceMinor(items, { a: 'v2', b: 'v4' }, goods)).toBe(400)
  })
})

describe('changes', () => {
  it('keeps the order and leaves out what is not the buyer’s', () => {
    const one = (kind: 'payment' | 'cancel' | 'mark_refunded') => ({ kind, possible: true, code: null, row: null })
    expect(shownChanges([one('mark_refunded'), one('payment'), one('cancel')]).map((each) => each.kind)).toEqual(['cancel', 'payment'])
  })
})
