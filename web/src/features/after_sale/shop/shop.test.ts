import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreeWay, amountWithin, needsAddress, typedAmount } from './amounts'
import { hidden, primaryDeed } from './deeds'
import { conditionsCount, type OpenValues, wishOf } from './opening'

const CURRENCIES = ['CNY', 'JPY', 'USD'] as const

describe('sums in a field', () => {
  it('are the same sum when read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(amountWithin(typedAmount(minor, currency), currency, null)).toBe(minor)
      }),
    )
  })

  it('stay within what is possible', () => {
    expect(amountWithin('12.00', 'CNY', 1200)).toBe(1200)
    expect(amountWithin('12.01', 'CNY', 1200)).toBeNull()
    expect(amountWithin('0', 'CNY', null)).toBeNull()
    expect(amountWithin('-3', 'CNY', null)).toBeNull()
    expect(amountWithin('1.234', 'CNY', null)).toBeNull()
    expect(amountWithin(undefined, 'CNY', null)).toBeNull()
  })
})

describe('agreeing', () => {
  it('is named by what follows', () => {
    expect(agreeWay({ path: 'ask_return', kind: 'return_refund' })).toBe('return')
    expect(agreeWay({ path: 'ask_exchange', kind: 'exchange' })).toBe('exchange')
    expect(agreeWay({ path: 'ask_exchange', kind: 'repair' })).toBe('repair')
    expect(agreeWay({ path: 'ask_money', kind: 'price_difference' })).toBe('money')
    expect(['money', 'return', 'exchange', 'repair', 'resend'].filter((way) => needsAddress(way as 'money'))).toEqual(['return', 'exchange', 'repair'])
  })
})

describe('the buttons of a case', () => {
  const deeds = [
    { deed: 'agree', allowed: true, code: null },
    { deed: 'offer', allowed: false, code: 'after_sale.offers_used_up' },
    { deed: 'inspect', allowed: false, code: 'after_sale.not_now' },
  ]
  it('show what may be done and a limit that is used up, and leave out what is for another time', () => {
    expect(hidden({ deeds }, 'agree')).toBe(false)
    expect(hidden({ deeds }, 'offer')).toBe(false)
    expect(hidden({ deeds }, 'inspect')).toBe(true)
    expect(hidden({ deeds }, 'repaid')).toBe(true)
    expect(primaryDeed({ deeds })).toBe('agree')
    expect(primaryDeed({ deeds: [] })).toBeNull()
  })
})

describe('a case for the buyer', () => {
  const values: OpenValues = { kind: 'return_refund', reason: 'no_reason', condition: 'intact', lines: { a: { on: true, quantity: 2 }, b: { on: false, quantity: 1 } } }

  it('names the chosen lines', () => {
    expect(wishOf(values, 'CNY')).toMatchObject({ kind: 'return_refund', condition: 'intact', lines: [{ item: 'a', quantity: 2, new_variant: null }] })
  })

  it('asks for the condition only where it decides', () => {
    expect(conditionsCount({ kind: 'return_refund', reason: 'quality' })).toBe(false)
    expect(wishOf({ ...values, reason: 'quality' }, 'CNY')?.condition).toBe('unknown')
  })

  it('waits for the sum and for the new variant', () => {
    expect(wishOf({ ...values, kind: 'partial_refund' }, 'CNY')).toBeNull()
    expect(wishOf({ ...values, kind: 'partial_refund', amount: '5' }, 'CNY')?.asked_minor).toBe(500)
    expect(wishOf({ ...values, kind: 'exchange' }, 'CNY')).toBeNull()
    expect(wishOf({ ...values, kind: 'exchange', lines: { a: { on: true, new_variant: 'v' } } }, 'CNY')?.lines).toEqual([{ item: 'a', quantity: 1, new_variant: 'v' }])
  })
})
