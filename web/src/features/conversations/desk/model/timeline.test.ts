import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entry, staffLine } from '../testing'
import { EMPTY_TIMELINE, firstVersion, isAttached, lastVersion, type Timeline, withEntry, withGuard, withNewer, withOlder, withSeen, withStaff, withStretch } from './timeline'

const stretch = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => entry(from + n))
const versions = (timeline: Timeline) => timeline.entries.map((each) => each.version)

describe('a stretch of a timeline', () => {
  it('comes in any order and stands in order', () => {
    const timeline = withStretch(EMPTY_TIMELINE, stretch(5, 8).toReversed(), 8)
    expect(versions(timeline)).toEqual([5, 6, 7, 8])
    expect(timeline.older).toBe(true)
    expect(isAttached(timeline)).toBe(true)
  })

  it('grows above without doubles, until the first entry is there', () => {
    const timeline = withOlder(withStretch(EMPTY_TIMELINE, stretch(5, 8), 8), stretch(1, 6), false)
    expect(versions(timeline)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(timeline.older).toBe(false)
    expect(firstVersion(timeline)).toBe(1)
  })

  it('an older stretch hears of new entries and does not draw them', () => {
    const older = withStretch(withStretch(EMPTY_TIMELINE, stretch(50, 60), 60), stretch(10, 20), 60)
    const heard = withEntry(older, entry(61))
    expect(lastVersion(heard)).toBe(20)
    expect(heard.newest).toBe(61)
    expect(isAttached(heard)).toBe(false)
    const caughtUp = withNewer(heard, stretch(21, 61))
    expect(isAttached(caughtUp)).toBe(true)
    expect(versions(withEntry(caughtUp, entry(62))).at(-1)).toBe(62)
  })

  it('the first entry of an empty conversation is drawn', () => {
    expect(versions(withEntry(withStretch(EMPTY_TIMELINE, [], 0), entry(1)))).toEqual([1])
  })

  it('whatever comes in whatever order, it never has a gap or a double', () => {
    const deed = fc.oneof(
      fc.nat(40).map((n) => (timeline: Timeline) => withEntry(timeline, entry(n + 1))),
      fc.tuple(fc.nat(40), fc.nat(10)).map(([from, more]) => (timeline: Timeline) => withNewer(timeline, stretch(from + 1, from + 1 + more))),
      fc.nat(10).map((size) => (timeline: Timeline) => {
        const first = firstVersion(timeline)
        return first > 1 ? withOlder(timeline, stretch(Math.max(1, first - 1 - size), first), true) : timeline
      }),
    )
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
        const end = deeds.reduce((timeline, each) => each(timeline), withStretch(EMPTY_TIMELINE, stretch(20, 25), 25))
        const shown = versions(end)
        expect(shown).toEqual(Array.from({ length: shown.length }, (_, n) => (shown[0] ?? 0) + n))
        expect(end.newest).toBeGreaterThanOrEqual(lastVersion(end))
      }),
    )
  })
})

describe('recalls, marks, staff lines', () => {
  it('a recall marks the entry it takes back, before and after', () => {
    const recall = entry(3, { kind: 'recall', body: { recalls: 2 } })
    expect(withEntry(withStretch(EMPTY_TIMELINE, stretch(1, 2), 2), recall).entries[1]?.recalled).toBe(true)
    const late = withOlder(withStretch(EMPTY_TIMELINE, [recall], 3), stretch(1, 2), false)
    expect(late.entries.map((each) => each.recalled)).toEqual([false, true, false])
  })

  it('read marks only go forward, and what is read has been delivered', () => {
    const seen = withSeen(withSeen(EMPTY_TIMELINE, 'buyer', 5, 3), 'buyer', 4, 2)
    expect([seen.buyerRead, seen.buyerDelivered]).toEqual([5, 5])
    expect(withSeen(seen, 'shop', 9, 9)).toBe(seen)
  })

  it('staff lines come once each, in their own order', () => {
    const timeline = withStaff(withStaff(EMPTY_TIMELINE, [staffLine(3, 1)]), [staffLine(1, 1), staffLine(3, 1), staffLine(2, 1)])
    expect(timeline.staff.map((line) => line.version)).toEqual([1, 2, 3])
    expect(withStaff(timeline, [staffLine(2, 1)])).toBe(timeline)
  })

  it('what the guard says later stands at its entry', () => {
    const guard = { verdict: 'hint' as const, findings: [], marks: ['abuse'], overridden: [] }
    const timeline = withGuard(withStretch(EMPTY_TIMELINE, stretch(1, 2), 2), 2, guard)
    expect(timeline.entries.map((each) => each.guard?.marks)).toEqual([undefined, ['abuse']])
  })
})
