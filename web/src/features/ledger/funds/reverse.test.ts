import { describe, expect, it } from 'vitest'
import { mayReverse, reversedOf } from './reverse'

describe('taking a top-up back', () => {
  it('is offered once, and only for top-ups', () => {
    const lines = [
      { reason: 'top_up_reversed', posting: 'c', reverses: 'a' },
      { reason: 'payout_ordered', posting: 'b', reverses: null },
      { reason: 'top_up', posting: 'a', reverses: null },
      { reason: 'top_up', posting: 'd', reverses: null },
    ]
    const undone = reversedOf(lines)
    expect(lines.filter((line) => mayReverse(line, undone)).map(({ posting }) => posting)).toEqual(['d'])
  })
})
