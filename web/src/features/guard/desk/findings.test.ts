import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Finding, findingsIn, isHeld, placeOf, rangesOf, rewriteOne, toTell, wordsOf } from './findings'

function finding(start: number, end: number, more: Partial<Finding> = {}): Finding {
  return { kind: 'absolute_term', row: '1', start, end, basis: 'L-119', suggestion: '', reason: 'absolute_claim', verdict: 'block', cut_start: start, cut_end: end, ...more }
}

describe('places of findings', () => {
  it('code points before a mark may take two places of the string', () => {
    const text = '👍👍全网最低价'
    expect(wordsOf(text, finding(2, 7))).toBe('全网最低价')
    expect(rangesOf(text, [finding(2, 7)])).toEqual([{ start: 4, end: 9, verdict: 'block' }])
  })

  it('for every text the place of a code point is where the string iterator has it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(60), (text, count) => {
        expect(placeOf(text, count)).toBe([...text].slice(0, count).join('').length)
      }),
    )
  })

  it('ranges never overlap, whatever was found, and the graver one keeps its place', () => {
    const some = fc.record({ start: fc.nat(20), length: fc.integer({ min: 0, max: 8 }), verdict: fc.constantFrom('hint', 'rewrite', 'block' as const) })
    fc.assert(
      fc.property(fc.array(some), (found) => {
        const ranges = rangesOf('x'.repeat(40), found.map(({ start, length, verdict }) => finding(start, start + length, { verdict })))
        expect(ranges.every((range, n) => range.end <= (ranges[n + 1]?.start ?? 40))).toBe(true)
      }),
    )
    expect(rangesOf('最低价最低价', [finding(0, 3, { verdict: 'hint' }), finding(1, 4)])).toEqual([{ start: 1, end: 4, verdict: 'block' }])
  })

  it('one suggestion takes the place of what is cut, not of what is marked', () => {
    const text = '😀本店最低价,快来'
    expect(rewriteOne(text, finding(3, 6, { suggestion: '实惠的价格', cut_start: 1, cut_end: 6 }))).toBe('😀实惠的价格,快来')
  })

  it('the gravest stands first; what passes is not told', () => {
    const hint = finding(0, 1, { verdict: 'hint' })
    const block = finding(5, 6)
    expect(toTell([hint, finding(2, 3, { verdict: 'pass' }), block])).toEqual([block, hint])
  })

  it('only words that must be changed are held', () => {
    expect(['pass', 'hint', 'rewrite', 'block'].map((verdict) => isHeld(verdict as 'pass'))).toEqual([false, false, true, true])
  })

  it('a refusal without findings has none', () => {
    expect(findingsIn({})).toEqual([])
    expect(findingsIn({ findings: [finding(0, 1)] })).toHaveLength(1)
  })
})
