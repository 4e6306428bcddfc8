import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ME, summary } from '../testing'
import { arrange, belongs, byUrgency, sorted } from './arrange'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 2, minute)).toISOString()

describe('which list', () => {
  it('mine are those I serve now; put aside is put aside; colleagues’ are not mine', () => {
    const mine = summary('a')
    expect(belongs('mine', mine, ME)).toBe(true)
    expect(belongs('mine', { ...mine, assignee: { id: 'x', name: '' } }, ME)).toBe(false)
    expect(belongs('mine', { ...mine, state: 'snoozed' }, ME)).toBe(false)
    expect(belongs('snoozed', { ...mine, state: 'snoozed' }, ME)).toBe(true)
    expect(belongs('queue', { ...mine, state: 'queued', assignee: null }, ME)).toBe(true)
    expect(belongs('closed', mine, ME)).toBe(false)
    expect(belongs('all', { ...mine, state: 'merged' }, ME)).toBe(false)
  })
})

describe('which order', () => {
  it('what breaches first, then who waits longest, then what was spoken of last', () => {
    const known = [
      summary('quiet old', { last_at: at(1) }),
      summary('quiet new', { last_at: at(2) }),
      summary('waits', { waiting_since: at(3) }),
      summary('due later', { reply_due_at: at(9) }),
      summary('due', { reply_due_at: '2026-11-22T10:05:00+08:00' }),
    ]
    expect(sorted('mine', known, ME).map((each) => each.id)).toEqual(['due', 'due later', 'waits', 'quiet new', 'quiet old'])
  })

  it('what is put aside stands by when it wakes', () => {
    const known = [summary('b', { state: 'snoozed', snoozed_until: at(9) }), summary('a', { state: 'snoozed', snoozed_until: at(5) })]
    expect(sorted('snoozed', known, ME).map((each) => each.id)).toEqual(['a', 'b'])
  })

  it('is an order: whatever the times, sorting twice changes nothing', () => {
    const moment = fc.option(fc.nat(5).map(at), { nil: null })
    const some = fc.record({ id: fc.string(), reply_due_at: moment, waiting_since: moment, last_at: moment })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (list) => {
        const once = list.map(({ id, ...more }) => summary(id, more)).toSorted(byUrgency)
        expect(once.toReversed().toSorted(byUrgency).map((each) => each.id)).toEqual(once.map((each) => each.id))
      }),
    )
  })
})

describe('while somebody points at the list', () => {
  it('nothing moves: what left keeps its line, what came stands at the end', () => {
    expect(arrange(['new', 'c', 'a'], ['a', 'b', 'c'], true)).toEqual(['a', 'b', 'c', 'new'])
  })

  it('let go, it stands as it should', () => {
    expect(arrange(['new', 'c', 'a'], ['a', 'b', 'c'], false)).toEqual(['new', 'c', 'a'])
  })

  it('the same order is the same list, so that nothing is drawn again', () => {
    const shown = ['a', 'b']
    expect(arrange(['a', 'b'], shown, false)).toBe(shown)
    expect(arrange(['b', 'a'], shown, true)).toBe(shown)
  })

  it('for every change no line that was there has another place', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'))
    fc.assert(
      fc.property(ids, ids, (wanted, shown) => {
        const next = arrange(wanted, shown, true)
        expect(next.slice(0, shown.length)).toEqual(shown)
        expect(next.toSorted()).toEqual([...new Set([...shown, ...wanted])].toSorted())
      }),
    )
  })
})
