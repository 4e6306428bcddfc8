import { describe, expect, it } from 'vitest'
import { newer, newestFirst, toneOf, turnFor } from './look'

describe('how a case looks', () => {
  it('says whose turn it is in the words of the one who looks', () => {
    expect(turnFor('buyer', { state: 'offered', turn: 'buyer' })).toBe('mine')
    expect(turnFor('shop', { state: 'offered', turn: 'buyer' })).toBe('buyer')
    expect(turnFor('shop', { state: 'paying', turn: null })).toBe('nobody')
    expect(turnFor('buyer', { state: 'done', turn: 'buyer' })).toBe('over')
  })
  it('is loud only where something went wrong', () => {
    expect(toneOf('buyer', { state: 'payment_failed', turn: 'people' })).toBe('breach')
    expect(toneOf('buyer', { state: 'asked_money', turn: 'shop' })).toBe('waiting')
    expect(toneOf('buyer', { state: 'settled', turn: 'buyer' })).toBe('settled')
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
