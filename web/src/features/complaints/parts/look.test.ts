import { describe, expect, it } from 'vitest'
import { chosen, lengthOf, merged, NO_STRETCH, toneOf, turnFor, within } from './look'
import type { Entry } from './wire'

describe('a stretch of messages', () => {
  it('is chosen by its first and last message, in either order', () => {
    const forward = chosen(chosen(NO_STRETCH, 3), 7)
    expect(forward).toEqual({ first: 3, last: 7 })
    expect(chosen(chosen(NO_STRETCH, 7), 3)).toEqual(forward)
    expect(lengthOf(forward)).toBe(5)
    expect([2, 3, 5, 7, 8].map((version) => within(forward, version))).toEqual([false, true, true, true, false])
  })

  it('may be one message alone, and a third click begins anew', () => {
    const one = chosen(NO_STRETCH, 4)
    expect([lengthOf(one), within(one, 4), within(one, 5)]).toEqual([1, true, false])
    expect(chosen(chosen(one, 6), 9)).toEqual({ first: 9, last: null })
  })

  it('keeps each message once, the older ones first', () => {
    const entry = (version: number) => ({ version }) as Entry
    expect(merged([entry(3), entry(4)], [entry(1), entry(3)]).map(({ version }) => version)).toEqual([1, 3, 4])
  })
})

describe('whose turn it is', () => {
  const line = { state: 'accepted', turn: 'accused', side: 'accused', closed_at: null } as const
  it('is mine when it is my side’s', () => {
    expect(turnFor(line)).toBe('mine')
    expect(turnFor({ ...line, side: 'complainant' })).toBe('accused')
    expect(turnFor({ ...line, closed_at: '2026-11-22T00:00:00Z' })).toBe('over')
  })
  it('is seen in the colour too', () => {
    expect(toneOf(line)).toBe('accent')
    expect(toneOf({ ...line, side: 'complainant' })).toBe('waiting')
    expect(toneOf({ ...line, state: 'upheld' })).toBe('breach')
    expect(toneOf({ ...line, state: 'withdrawn' })).toBe('settled')
  })
})
