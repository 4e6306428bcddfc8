import { describe, expect, it } from 'vitest'
import type { Finding } from './findings'
import { answered, withFindings } from './heeding'

const BEST: Finding = {
  kind: 'absolute_term',
  row: 'D9-13.strong',
  start: 2,
  end: 7,
  basis: 'L-110',
  suggestion: '实惠的价格',
  reason: 'absolute_claim',
  verdict: 'block',
  cut_start: 2,
  cut_end: 7,
}
const TEXT = '这是全网最低价,快来'
const OFFERED = withFindings([], TEXT, [BEST])
const TAKEN = OFFERED.map((one) => ({ ...one, taken: true }))

describe('what became of suggestions', () => {
  it('is taken when the button was pressed and the better words went out', () => {
    expect(answered(TAKEN, '这是实惠的价格,快来')[0]?.answer).toBe('taken')
  })

  it('is edited when the words went otherwise, after the button, too', () => {
    expect(answered(OFFERED, '这是好价格')[0]?.answer).toBe('edited')
    expect(answered(TAKEN, '这是好价格')[0]?.answer).toBe('edited')
  })

  it('is ignored when the words are still there', () => {
    expect(answered(OFFERED, TEXT)[0]?.answer).toBe('ignored')
  })

  it('counts what comes with every keystroke once, and nothing without a suggestion', () => {
    expect(withFindings(OFFERED, `${TEXT}!`, [BEST])).toHaveLength(1)
    expect(withFindings([], TEXT, [{ ...BEST, suggestion: '' }])).toEqual([])
  })
})
