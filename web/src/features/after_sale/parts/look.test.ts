import { describe, expect, it } from 'vitest'
import { newer, newestFirst, payerFor, paysMoney, shownFreight, takenOff, toneOf, turnFor } from './look'

describe('how a case looks', () => {
  it('says whose turn it is in the words of the one who looks', () => {
    expect(turnFor('buyer', { state: 'offered', turn: 'buyer' })).toBe('mine')
    expect(turnFor('shop', { state: 'offered', turn: 'buyer' })).toBe('buyer')
    expect(turnFor('shop', { state: 'paying', turn: null })).toBe('nobody')
    expect(turnFor('buyer', { state: 'done', turn: 'buyer' })).toBe('over')
  })
  it('tells a buyer what he himself pays', () => {
    expect(payerFor('buyer', 'buyer')).toBe('you')
    expect(payerFor('shop', 'buyer')).toBe('buyer')
    expect(payerFor('buyer', 'seller')).toBe('seller')
  })
  it('is loud only where something went wrong', () => {
    expect(toneOf('buyer', { state: 'payment_failed', turn: 'people' })).toBe('breach')
    expect(toneOf('buyer', { state: 'asked_money', turn: 'shop' })).toBe('waiting')
    expect(toneOf('buyer', { state: 'settled', turn: 'buyer' })).toBe('settled')
  })
})

describe('sums and ways', () => {
  it('a deduction the buyer has not agreed to is a line, so that the lines add up', () => {
    expect(takenOff([{ amount_minor: 49_900 }, { amount_minor: 1_200 }], 46_100)).toBe(-5_000)
    expect(takenOff([{ amount_minor: 49_900 }], 49_900)).toBe(0)
    expect(takenOff([], 49_900)).toBe(0)
  })
  it('only the ways that something goes are spoken of', () => {
    const freight = { outbound: 'seller', back: 'seller', again: 'seller', row: 'D2-5', insured: false } as const
    expect(shownFreight('refund_only', freight)).toMatchObject({ back: 'none', again: 'none' })
    expect(shownFreight('return_refund', freight)).toMatchObject({ back: 'seller', again: 'none' })
    expect(shownFreight('exchange', freight)).toMatchObject({ back: 'seller', again: 'seller' })
    expect(shownFreight('refund_only', freight, { back: true })).toMatchObject({ back: 'seller', again: 'none' })
  })
})

describe('answers that overtake each other', () => {
  it('an older one does not undo a newer one', () => {
    expect(newer({ version: 3 }, { version: 2 })).toEqual({ version: 3 })
    expect(newer({ version: 3 }, { version: 3 })).toEqual({ version: 3 })
    expect(newer(undefined, { version: 1 })).toEqual({ version: 1 })
  })
  it('the newest step stands first', () => {
    expect(newestFirst([{ version: 1 }, { version: 3 }, { version: 2 }]).map((one) => one.version)).toEqual([3, 2, 1])
  })
})

it('goods for goods name no sum until money moves', () => {
  expect(paysMoney({ kind: 'exchange', state: 'sending_back' })).toBe(false)
  expect(paysMoney({ kind: 'exchange', state: 'settled', refunded_minor: 100 })).toBe(true)
  expect(paysMoney({ kind: 'resend', state: 'paying' })).toBe(true)
  expect(paysMoney({ kind: 'refund_only', state: 'asked_money' })).toBe(true)
})
