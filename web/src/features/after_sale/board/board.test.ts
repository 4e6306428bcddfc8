import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseLine } from '../parts/wire'
import { askOf, type BoardFilter, dueBefore, DUES, fits, mayAgree, NO_FILTER, once, OPEN_STATES, OUR_TURN, portions, readFilter, sortNews, TURNS, withNews, writeFilter } from './board'

const filters: fc.Arbitrary<BoardFilter> = fc.record({
  turn: fc.constantFrom(...TURNS),
  state: fc.option(fc.constantFrom(...OPEN_STATES)),
  kind: fc.option(fc.constantFrom('exchange', 'return_refund', 'repair' as const)),
  stage: fc.constantFrom(0, 1, 2 as const),
  due: fc.constantFrom(...DUES),
  mine: fc.boolean(),
}) as fc.Arbitrary<BoardFilter>

function line(id: string, version = 1, rest: Partial<CaseLine> = {}): CaseLine {
  return { id, version, state: 'asked_money', kind: 'refund_only', stage: 0, deeds: [], ...rest } as unknown as CaseLine
}

describe('the filters of the board', () => {
  it('come back from the address as they went in', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(readFilter(writeFilter(filter))).toEqual(filter)
      }),
    )
  })

  it('are the first look where the address says nothing or nonsense', () => {
    expect(readFilter(new URLSearchParams('turn=x&state=done&kind=y&stage=7&due=never'))).toEqual(NO_FILTER)
    expect(writeFilter(NO_FILTER).toString()).toBe('')
  })

  it('ask by due time for open cases and for the newest of the closed ones', () => {
    const now = new Date('2026-11-22T05:00:30Z')
    expect(askOf(NO_FILTER, now)).toEqual({ order: 'due', state: [...OUR_TURN] })
    expect(askOf({ ...NO_FILTER, turn: 'closed', due: 'over', stage: 1 }, now)).toEqual({ order: 'newest', closed: true })
    expect(askOf({ ...NO_FILTER, turn: 'all', stage: 2, due: 'over' }, now)).toEqual({ order: 'due', stage: 2, due_before: '2026-11-22T05:00:00.000Z' })
  })

  it('ask for one\'s own, and count no news as new where they do not say who serves', () => {
    const mine = { ...NO_FILTER, mine: true }
    expect(askOf(mine, new Date()).mine).toBe(true)
    expect(askOf({ ...mine, turn: 'closed' }, new Date()).mine).toBe(true)
    expect(sortNews([{ case: 'c', state: 'asked_money', kind: 'refund_only' }], [], mine).fresh).toEqual([])
  })

  it('a week ends after today', () => {
    const now = new Date()
    const [today, week] = [dueBefore('today', now), dueBefore('week', now)].map((one) => Number(one))
    expect(week).toBeGreaterThan(Number(today))
    expect(today).toBeGreaterThan(now.getTime())
    expect(dueBefore('any', now)).toBeNull()
  })

  it('a chosen state wins over whose turn it is', () => {
    expect(askOf({ ...NO_FILTER, state: 'offered' }, new Date()).state).toEqual(['offered'])
    expect(fits(line('a', 1, { state: 'offered' }), { ...NO_FILTER, state: 'offered' })).toBe(true)
  })
})

describe('news', () => {
  it('change a line where it stands and never the order', () => {
    const lines = [line('a'), line('b'), line('c')]
    const shown = withNews(lines, new Map([['b', line('b', 2, { state: 'paying' })], ['z', line('z')]]))
    expect(shown.map(({ id, state }) => [id, state])).toEqual([['a', 'asked_money'], ['b', 'paying'], ['c', 'asked_money']])
  })

  it('older news do not undo newer lines', () => {
    expect(withNews([line('a', 5)], new Map([['a', line('a', 4, { state: 'paying' })]]))[0]?.state).toBe('asked_money')
  })

  it('are fetched where they are shown, counted where they belong, and otherwise nothing', () => {
    const news = [
      { case: 'a', state: 'paying', kind: 'refund_only', case_version: 2, stage: 0 },
      { case: 'b', state: 'paying', kind: 'refund_only', case_version: 1, stage: 0 },
      { case: 'c', state: 'asked_money', kind: 'refund_only' },
      { case: 'd', state: 'offered', kind: 'refund_only', case_version: 3, stage: 0 },
    ] as const
    expect(sortNews(news, [line('a'), line('b')], NO_FILTER)).toEqual({ here: ['a'], fresh: ['c'] })
  })

  it('tell which lines have left what one looks at', () => {
    expect(fits(line('a'), NO_FILTER)).toBe(true)
    expect(fits(line('a', 1, { state: 'offered' }), NO_FILTER)).toBe(false)
    expect(fits(line('a', 1, { state: 'done' }), { ...NO_FILTER, turn: 'all' })).toBe(false)
    expect(fits(line('a', 1, { state: 'done' }), { ...NO_FILTER, turn: 'closed' })).toBe(true)
    expect(fits(line('a', 1, { stage: 1 }), { ...NO_FILTER, stage: 2 })).toBe(false)
  })
})

describe('lists', () => {
  it('show a case once', () => {
    expect(once([line('a'), line('b'), line('a', 2)]).map(({ version }) => version)).toEqual([1, 1])
  })

  it('portions hold everything, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, size) => {
        const cut = portions(items, size)
        expect(cut.flat()).toEqual(items)
        expect(cut.every((one) => one.length > 0 && one.length <= size)).toBe(true)
      }),
    )
  })

  it('agreeing is offered where the server allows it', () => {
    expect(mayAgree({ deeds: [{ deed: 'agree', allowed: true, code: null }] })).toBe(true)
    expect(mayAgree({ deeds: [{ deed: 'agree', allowed: false, code: 'x' }] })).toBe(false)
  })
})
