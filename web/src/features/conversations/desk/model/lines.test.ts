import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '@/realtime'
import { entry, staffLine } from '../testing'
import type { StaffLine } from '../wire'
import { type Line, linesOf } from './lines'
import { EMPTY_TIMELINE, withSeen, withStaff, withStretch } from './timeline'

const plain = { outbox: [], zone: 'Asia/Shanghai' }
const names = (lines: readonly Line[]) =>
  lines.map((line) => {
    if (line.is === 'entry') return `${line.entry.version}${line.opens ? '' : '·'}`
    if (line.is === 'staff') return `s${line.line.version}`
    if (line.is === 'run') return `s${line.lines.map((each) => each.version).join('+')}`
    if (line.is === 'consultation') return `#${line.number}`
    return line.is
  })

function item(id: string): OutboxItem {
  return { wish: { conversation_id: 'c', client_id: id, kind: 'text', text: id }, shop: 's', at: 1, state: 'sending', attempts: 1, door: 'frame', refusal: null }
}

describe('the lines of a timeline', () => {
  it('staff lines stand after the entry they were written after', () => {
    const timeline = withStaff(withStretch(EMPTY_TIMELINE, [entry(1), entry(2), entry(3)], 3), [staffLine(1, 0), staffLine(2, 2), staffLine(3, 2), staffLine(4, 3)])
    expect(names(linesOf(timeline, plain))).toEqual(['day', 's1', '1', '2·', 's2', 's3', '3', 's4'])
  })

  it('staff lines before the shown stretch wait until it is shown', () => {
    const timeline = withStaff(withStretch(EMPTY_TIMELINE, [entry(5), entry(6)], 6), [staffLine(1, 2), staffLine(2, 4), staffLine(3, 5)])
    expect(names(linesOf(timeline, plain))).toEqual(['day', 's2', '5', 's3', '6'])
  })

  it('what is taken and given back again and again is one line, and how it ended another', () => {
    const passed = (version: number, after: number, kind: StaffLine['kind'] = version % 2 ? 'assigned' : 'taken_back', text = '') => staffLine(version, after, { kind, text })
    const lines = (...staff: StaffLine[]) => names(linesOf(withStaff(withStretch(EMPTY_TIMELINE, [entry(1), entry(2)], 2), staff), plain))
    expect(lines(passed(1, 1), passed(2, 1))).toEqual(['day', '1', 's1', 's2', '2'])
    expect(lines(passed(1, 1), passed(2, 1), passed(3, 1))).toEqual(['day', '1', 's1+2', 's3', '2'])
    expect(lines(passed(1, 1), passed(2, 1), passed(3, 1), passed(4, 1, 'released'), passed(5, 1))).toEqual(['day', '1', 's1+2+3+4', 's5', '2'])
    expect(lines(passed(1, 1), passed(2, 1), passed(3, 2), passed(4, 2), passed(5, 2))).toEqual(['day', '1', 's1', 's2', '2', 's3+4', 's5'])
    expect(lines(passed(1, 1), passed(2, 1), passed(3, 1, 'breached'), passed(4, 1), passed(5, 1))).toEqual(['day', '1', 's1', 's2', 's3', 's4', 's5', '2'])
    expect(lines(passed(1, 1), passed(2, 1, 'released', 'why'), passed(3, 1))).toEqual(['day', '1', 's1', 's2', 's3', '2'])
  })

  it('a line that joins those above leaves them their key', () => {
    const keys = (count: number) =>
      linesOf(withStaff(withStretch(EMPTY_TIMELINE, [entry(1)], 1), Array.from({ length: count }, (_, at) => staffLine(at + 1, 1, { kind: at % 2 ? 'taken_back' : 'assigned', text: '' }))), plain)
        .filter((line) => line.is === 'run')
        .map((line) => line.key)
    expect(keys(3)).toEqual(['run 1'])
    expect(keys(9)).toEqual(['run 1'])
  })

  it('a day begins by the clock of the zone', () => {
    const timeline = withStretch(EMPTY_TIMELINE, [entry(1, { at: '2026-11-21T15:59:00Z' }), entry(2, { at: '2026-11-21T16:01:00Z' })], 2)
    expect(names(linesOf(timeline, plain))).toEqual(['day', '1', 'day', '2·'])
    expect(names(linesOf(timeline, { ...plain, zone: 'UTC' }))).toEqual(['day', '1', '2·'])
  })

  it('one person’s messages stand together for a while; another person, time or the program ends that', () => {
    const later = '2026-11-22T02:30:00Z'
    const timeline = withStretch(
      EMPTY_TIMELINE,
      [entry(1), entry(2), entry(3, { role: 'agent', person_id: 'a' }), entry(4, { role: 'agent', person_id: 'b' }), entry(5, { role: 'agent', person_id: 'b', at: later }), entry(6, { kind: 'system', role: 'system', person_id: null, at: later })],
      6,
    )
    expect(names(linesOf(timeline, plain))).toEqual(['day', '1', '2·', '3', '4', '5', '6'])
  })

  it('another consultation and what is unread are set apart', () => {
    const timeline = withStretch(EMPTY_TIMELINE, [entry(1), entry(2, { consultation: 2 }), entry(3, { consultation: 2, role: 'agent' }), entry(4, { consultation: 2 })], 4)
    expect(names(linesOf(timeline, { ...plain, readUntil: 2 }))).toEqual(['day', '1', '#2', '2', '3', 'unread', '4'])
  })

  it('a recall has no line of its own', () => {
    const timeline = withStretch(EMPTY_TIMELINE, [entry(1), entry(2, { kind: 'recall', body: { recalls: 1 } })], 2)
    const lines = linesOf(timeline, plain)
    expect(names(lines)).toEqual(['day', '1'])
    expect(lines[1]).toMatchObject({ entry: { recalled: true } })
  })

  it('an echo leaves when its entry is there, and keeps its line', () => {
    const mine = entry(2, { role: 'agent', client_id: 'x' })
    const before = linesOf(withStretch(EMPTY_TIMELINE, [entry(1)], 1), { ...plain, outbox: [item('x'), item('y')] })
    const after = linesOf(withStretch(EMPTY_TIMELINE, [entry(1), mine], 2), { ...plain, outbox: [item('x'), item('y')] })
    expect(names(before)).toEqual(['day', '1', 'echo', 'echo'])
    expect(names(after)).toEqual(['day', '1', '2', 'echo'])
    expect(after[2]?.key).toBe(before[2]?.key)
  })

  it('what is on its way belongs to the newest end only', () => {
    const older = withStretch(EMPTY_TIMELINE, [entry(1), entry(2)], 90)
    const held = { wish: item('z').wish, leavesAt: 0 }
    expect(names(linesOf(older, { ...plain, outbox: [item('x')], held }))).toEqual(['day', '1', '2·'])
    expect(names(linesOf(withStretch(EMPTY_TIMELINE, [entry(1)], 1), { ...plain, held }))).toEqual(['day', '1', 'held'])
  })

  it('delivery is told of our words only', () => {
    const timeline = withSeen(withStretch(EMPTY_TIMELINE, [entry(1), entry(2, { role: 'agent' }), entry(3, { role: 'agent' }), entry(4, { role: 'auto' })], 4), 'buyer', 2, 3)
    expect(linesOf(timeline, plain).flatMap((line) => (line.is === 'entry' ? [line.delivery] : []))).toEqual([null, 'read', 'delivered', 'sent'])
  })

  it('every line has a key of its own', () => {
    const timeline = withStaff(withStretch(EMPTY_TIMELINE, [1, 2, 3, 4].map((n) => entry(n, { consultation: n % 2, client_id: n > 2 ? `${n}` : null })), 4), [staffLine(1, 1)])
    const keys = linesOf(timeline, { ...plain, readUntil: 0 }).map((line) => line.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
