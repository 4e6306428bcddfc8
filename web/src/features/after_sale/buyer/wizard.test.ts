import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered, type Draft, emptyDraft, finished, kindsFor, reasonsFor, stepAfter, stepBefore, stepsOf, wayOf, wishOf, withKind } from './wizard'

const one = { state: 'delivered' as const, items: [{ id: 'a', quantity: 1 }] }
const many = { state: 'delivered' as const, items: [{ id: 'a', quantity: 2 }, { id: 'b', quantity: 1 }] }
const paid = { state: 'paid' as const, items: [{ id: 'a', quantity: 1 }] }
const draft = (change: Partial<Draft> = {}): Draft => ({ ...emptyDraft('key'), ...change })

describe('only what decides is asked', () => {
  it('before dispatch: what and why, then send', () => {
    expect(stepsOf(withKind(draft(), 'refund_before_dispatch', paid), paid)).toEqual(['kind', 'reason', 'send'])
  })
  it('the condition matters for a return without a reason, and only then', () => {
    const back = withKind(draft(), 'return_refund', one)
    expect(stepsOf({ ...back, reason: 'does_not_suit' }, one)).toContain('condition')
    expect(stepsOf({ ...back, reason: 'quality' }, one)).not.toContain('condition')
  })
  it('several pieces are counted, and all are meant until one says otherwise', () => {
    const back = withKind(draft(), 'return_refund', many)
    expect(stepsOf(back, many)).toContain('lines')
    expect(back.pieces).toEqual({ a: 2, b: 1 })
  })
  it('a kind with one reason does not ask for it, a sum is asked where the buyer names it', () => {
    const difference = withKind(draft(), 'price_difference', one)
    expect(difference.reason).toBe('price_dropped')
    expect(stepsOf(difference, one)).toEqual(['kind', 'amount', 'send'])
  })
})

describe('the wish', () => {
  it('is nothing while a question is open', () => {
    expect(wishOf(draft(), one)).toBeNull()
    expect(wishOf(withKind(draft(), 'return_refund', one), one)).toBeNull()
  })
  it('holds the pieces that are meant and the key', () => {
    const back = { ...withKind(draft(), 'return_refund', many), reason: 'quality', pieces: { a: 1, b: 0 }, text: ' 破了 ', files: [{ id: 'f', name: 'x' }] }
    expect(finished(back, many)).toEqual({
      kind: 'return_refund', lines: [{ item: 'a', quantity: 1 }], reason: 'quality', condition: 'unknown', text: '破了', files: ['f'], client_id: 'key',
    })
  })
  it('another kind keeps words and photos and asks again what it does not know', () => {
    const back = { ...withKind(draft({ text: '字' }), 'return_refund', one), reason: 'does_not_suit' }
    const only = withKind(back, 'partial_refund', one)
    expect([only.reason, only.text]).toEqual([null, '字'])
  })
})

describe('what is still possible', () => {
  it('a quality claim asks for the fault only', () => {
    const way = wayOf('quality_claim', { ...withKind(draft(), 'return_refund', one), reason: 'no_longer_needed' }, one)
    expect(way?.is).toBe('draft')
    if (way?.is !== 'draft') return
    expect(way.draft.step).toBe('reason')
    expect(reasonsFor(way.draft)).not.toContain('no_longer_needed')
  })
  it('every word of the tables leads somewhere', () => {
    const words = [
      'cancel', 'refund_before_dispatch', 'refund_only', 'return_refund', 'partial_refund', 'repair',
      'platform', 'quality_claim', 'agreement', 'deduction', 'exchange', 'warranty',
    ]
    expect(words.filter((word) => wayOf(word, withKind(draft(), 'return_refund', one), one) === null)).toEqual([])
    expect(wayOf('something_new', draft(), one)).toBeNull()
  })
})

it('from any kind and reason one comes to the end, and back to the start', () => {
  const states = fc.constantFrom('paid' as const, 'dispatched' as const, 'delivered' as const, 'completed' as const)
  fc.assert(
    fc.property(states, fc.nat(), fc.nat(), fc.boolean(), (state, n, m, several) => {
      const order = { state, items: several ? many.items : one.items }
      const kinds = kindsFor(order)
      const kind = kinds[n % kinds.length]
      if (!kind) return
      let now = withKind(draft(), kind, order)
      const reasons = reasonsFor(now)
      now = { ...now, reason: reasons[m % reasons.length] ?? null, condition: 'intact', amountMinor: 100 }
      for (let step = 0; step < 6; step += 1) {
        expect(answered(now.step, now, order)).toBe(true)
        now = { ...now, step: stepAfter(now, order) }
      }
      expect(now.step).toBe('send')
      expect(finished(now, order)?.kind).toBe(kind)
      for (let before = stepBefore(now, order); before; before = stepBefore(now, order)) now = { ...now, step: before }
      expect(now.step).toBe('kind')
    }),
  )
})
