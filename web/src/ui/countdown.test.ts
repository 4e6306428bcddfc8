import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDeadline } from './countdown'
import { describeDuration } from './duration'

const DUE = 1_000_000
const SET = DUE - 300_000

describe('a deadline', () => {
  it('is calm until a fifth is left', () => {
    expect(readDeadline({ due: DUE, set: SET }, DUE - 192_000)).toEqual({ phase: 'calm', seconds: 192 })
    expect(readDeadline({ due: DUE, set: SET }, DUE - 60_001).phase).toBe('calm')
    expect(readDeadline({ due: DUE, set: SET }, DUE - 60_000).phase).toBe('soon')
  })

  it('follows the server’s own warning', () => {
    expect(readDeadline({ due: DUE, set: SET, warn: DUE - 120_000 }, DUE - 100_000).phase).toBe('soon')
    expect(readDeadline({ due: new Date(DUE).toISOString() }, DUE - 61_000).phase).toBe('calm')
  })

  it('is over at the very instant, and counts on', () => {
    expect(readDeadline({ due: DUE }, DUE - 1)).toEqual({ phase: 'soon', seconds: 1 })
    expect(readDeadline({ due: DUE }, DUE)).toEqual({ phase: 'over', seconds: 0 })
    expect(readDeadline({ due: DUE }, DUE + 61_500)).toEqual({ phase: 'over', seconds: 61 })
  })

  it('stands still while paused', () => {
    expect(readDeadline({ due: DUE, pausedLeftMs: 5_000 }, DUE + 9_999)).toEqual({ phase: 'paused', seconds: 5 })
  })

  it('never becomes calmer as time goes by', () => {
    const order = ['calm', 'soon', 'over']
    fc.assert(
      fc.property(fc.nat(600_000), fc.nat(600_000), (first, more) => {
        const a = readDeadline({ due: DUE, set: SET }, SET + first)
        const b = readDeadline({ due: DUE, set: SET }, SET + first + more)
        expect(order.indexOf(b.phase)).toBeGreaterThanOrEqual(order.indexOf(a.phase))
      }),
    )
  })
})

describe('a duration', () => {
  it('fits a narrow column', () => {
    expect(describeDuration(192_000)).toEqual({ key: 'duration.clock', values: { clock: '3:12' } })
    expect(describeDuration(3_599_999)).toMatchObject({ values: { clock: '59:59' } })
    expect(describeDuration(3_600_000)).toEqual({ key: 'duration.hours_minutes', values: { hours: 1, minutes: 0 } })
    expect(describeDuration(2 * 86_400_000 + 3_700_000)).toEqual({ key: 'duration.days_hours', values: { days: 2, hours: 1 } })
    expect(describeDuration(-5)).toMatchObject({ values: { clock: '0:00' } })
  })
})
