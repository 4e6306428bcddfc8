import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalString, formatMoney, parseMoney } from './money'

describe('money', () => {
  it('is written with its currency', () => {
    expect(formatMoney(12_800, 'CNY', 'zh-Hans')).toBe('¥128.00')
    expect(formatMoney(1_280, 'JPY', 'ja')).toMatch(/^[¥￥]1,280$/)
    expect(formatMoney(-5, 'EUR', 'es')).toMatch(/^-0,05\s€$/)
    expect(formatMoney(123_456_789, 'KRW', 'ko')).toBe('₩123,456,789')
  })

  it('is exact beyond what a binary fraction can hold', () => {
    expect(formatMoney(9_007_199_254_740_993n, 'CNY', 'en')).toBe('¥90,071,992,547,409.93')
    expect(decimalString(-7n, 2)).toBe('-0.07')
  })

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('CNY', 'JPY', 'EUR'), (minor, currency) => {
        expect(parseMoney(formatMoney(minor, currency, 'en'), currency)).toBe(minor)
      }),
    )
  })

  it('is not guessed', () => {
    expect(['', 'x', '1.234', '1.2.3', '１２．５', '1e3', '--1'].map((text) => parseMoney(text, 'CNY'))).toEqual([
      null, null, null, null, 1_250, null, null,
    ])
    expect(parseMoney('1.5', 'JPY')).toBeNull()
  })
})
