import { describe, expect, it } from 'vitest'
import type { Entry } from '@/api/wire'
import { EMPTY, lastVersion, lines, merged, minutes } from './timeline'

function entry(version: number, more: Partial<Entry> = {}): Entry {
  return {
    conversation_id: 'c',
    version,
    id: `e${version}`,
    client_id: `k${version}`,
    role: 'buyer',
    person_id: null,
    name: '',
    kind: 'text',
    text: `t${version}`,
    body: {},
    at: '2026-11-11T01:00:00Z',
    consultation: 1,
    recalled: false,
    ...more,
  } as Entry
}

describe('the timeline', () => {
  it('keeps each version once, in order, whatever order they come in', () => {
    const one = merged(merged(EMPTY, [entry(3), entry(1)]), [entry(2), entry(3)])
    expect(one.entries.map((each) => each.version)).toEqual([1, 2, 3])
    expect(lastVersion(one)).toBe(3)
  })

  it('hides what was recalled, in either order', () => {
    const recall = entry(2, { kind: 'recall', text: '', body: { recalls: 1 } })
    const shown = lines(merged(EMPTY, [recall, entry(1)]), [], { read: 0, delivered: 0 })
    expect(shown.filter((line) => line.is === 'entry')).toHaveLength(1)
    const [first] = merged(merged(EMPTY, [entry(1)]), [recall]).entries
    expect([first?.recalled, first?.text]).toEqual([true, ''])
  })

  it('marks mine as sent, delivered, read', () => {
    const shown = lines(merged(EMPTY, [entry(1), entry(2), entry(3), entry(4, { role: 'agent' })]), [], {
      read: 1,
      delivered: 2,
    })
    expect(shown.flatMap((line) => (line.is === 'entry' ? [line.mark] : []))).toEqual(['read', 'delivered', 'sent', null])
  })

  it('puts unsent words last and never twice', () => {
    const item = (client_id: string) => ({
      wish: { client_id, conversation_id: 'c', kind: 'text' as const, text: 'x' },
      shop: null,
      at: 0,
      state: 'queued' as const,
      attempts: 0,
      door: null,
      refusal: null,
    })
    const shown = lines(merged(EMPTY, [entry(1)]), [item('k1'), item('k9')], { read: 0, delivered: 0 })
    expect(shown.map((line) => line.is)).toEqual(['day', 'entry', 'echo'])
  })

  it('never promises less than a minute', () => {
    expect([minutes(0), minutes(59), minutes(61)]).toEqual([1, 1, 2])
  })
})
