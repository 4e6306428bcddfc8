import { describe, expect, it } from 'vitest'
import { meanStars, percentOf } from './figures'

describe('figures of ratings', () => {
  it('says nothing where nobody rated', () => {
    expect(meanStars({ ratings: 0, stars: 0 })).toBeNull()
    expect(percentOf(0, 0)).toBeNull()
  })
  it('is the quotient of the sums', () => {
    expect(meanStars({ ratings: 4, stars: 13 })).toBe(3.25)
    expect(percentOf(1, 3)).toBe(33)
  })
})
