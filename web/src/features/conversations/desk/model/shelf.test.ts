import { describe, expect, it } from 'vitest'
import { changed, entry, entryAdded, ME, served, summary } from '../testing'
import { doubt, drop, EMPTY_SHELF, hear, put, type Shelf } from './shelf'

function shelf(...more: Parameters<typeof summary>[]): Shelf {
  return put(EMPTY_SHELF, more.map((each) => summary(...each)))
}

describe('what the server says', () => {
  it('an answer that is older than what is known changes nothing, and keeps the doubt', () => {
    const before = doubt(shelf(['a', { version: 5 }]), ['a'])
    const after = put(before, [summary('a', { version: 4, last_text: 'old' })])
    expect(after.byId.get('a')?.last_text).toBe('hello')
    expect(after.missing.has('a')).toBe(true)
  })

  it('a fresh answer ends the doubt', () => {
    const after = put(doubt(shelf(['a']), ['a', 'b']), [summary('a', { version: 4 })])
    expect([...after.missing]).toEqual(['b'])
  })

  it('what is out of reach is gone, from doubt as well', () => {
    const after = drop(doubt(shelf(['a'], ['b']), ['a']), ['a'])
    expect([...after.byId.keys()]).toEqual(['b'])
    expect(after.missing.size).toBe(0)
  })
})

describe('news of the shop', () => {
  it('a conversation that became mine is asked for; one of a colleague is not', () => {
    expect([...hear(EMPTY_SHELF, { is: 'changed', body: changed('a') }, ME).missing]).toEqual(['a'])
    expect(hear(EMPTY_SHELF, { is: 'changed', body: changed('a', { assignee: 'other' }) }, ME)).toBe(EMPTY_SHELF)
  })

  it('an unknown one that waits makes the queue be asked for', () => {
    const after = hear(EMPTY_SHELF, { is: 'changed', body: changed('a', { assignee: null, state: 'queued' }) }, ME)
    expect(after.queueNews).toBe(1)
    expect(after.missing.size).toBe(0)
  })

  it('a known one changes its state at once; the words are asked for only when there are new ones', () => {
    const before = shelf(['a', { waiting_since: '2026-11-22T02:00:00Z' }])
    const closed = hear(before, { is: 'changed', body: changed('a', { state: 'closed', assignee: null }) }, ME)
    expect(closed.byId.get('a')).toMatchObject({ state: 'closed', assignee: null, waiting_since: null, desk_version: 2 })
    expect(closed.missing.size).toBe(0)
    const spoken = hear(before, { is: 'changed', body: changed('a', { entry_version: 4 }) }, ME)
    expect([...spoken.missing]).toEqual(['a'])
  })

  it('news from before what is known is not news', () => {
    const before = shelf(['a', { desk_version: 7 }])
    expect(hear(before, { is: 'changed', body: changed('a', { state: 'closed' }) }, ME)).toBe(before)
    expect(hear(before, { is: 'served', body: served('a') }, ME)).toBe(before)
  })

  it('the name of a new assignee is not invented', () => {
    const after = hear(shelf(['a']), { is: 'changed', body: changed('a', { assignee: 'other' }) }, ME)
    expect(after.byId.get('a')?.assignee).toEqual({ id: 'other', name: '' })
    expect([...after.missing]).toEqual(['a'])
  })
})

describe('news of mine', () => {
  it('words, clock and unread come along', () => {
    const body = served('a', { last_text: 'new', unread: 2, reply_due_at: '2026-11-22T02:05:00Z', desk_version: 2 })
    expect(hear(shelf(['a']), { is: 'served', body }, ME).byId.get('a')).toMatchObject({ last_text: 'new', unread: 2, reply_due_at: '2026-11-22T02:05:00Z' })
  })

  it('one that left me has no assignee', () => {
    const after = hear(shelf(['a']), { is: 'served', body: served('a', { state: 'closed' }) }, ME)
    expect(after.byId.get('a')?.assignee).toBeNull()
  })
})

describe('entries', () => {
  it('the buyer’s words count as unread once, ours do not', () => {
    const body = entryAdded(entry(4, { conversation_id: 'a' }), { waiting_since: '2026-11-22T02:04:00Z' })
    const once = hear(shelf(['a']), { is: 'entry', body }, ME)
    const twice = hear(once, { is: 'entry', body }, ME)
    expect(twice.byId.get('a')).toMatchObject({ unread: 1, last_text: 'text 4', version: 4, waiting_since: '2026-11-22T02:04:00Z' })
    const answered = hear(twice, { is: 'entry', body: entryAdded(entry(5, { conversation_id: 'a', role: 'agent' })) }, ME)
    expect(answered.byId.get('a')).toMatchObject({ unread: 1, last_role: 'agent', waiting_since: null })
  })

  it('a recall is left to the server, a line of the program is no words', () => {
    const recalled = hear(shelf(['a']), { is: 'entry', body: entryAdded(entry(4, { conversation_id: 'a', kind: 'recall' })) }, ME)
    expect([...recalled.missing]).toEqual(['a'])
    const system = hear(shelf(['a']), { is: 'entry', body: entryAdded(entry(4, { conversation_id: 'a', kind: 'system' })) }, ME)
    expect(system.byId.get('a')).toMatchObject({ last_text: 'hello', version: 4, unread: 0 })
  })

  it('a card and a file stand in the list by their names', () => {
    const words = (kind: 'card' | 'file', body: Record<string, unknown>) =>
      hear(shelf(['a']), { is: 'entry', body: entryAdded(entry(4, { conversation_id: 'a', kind, text: '', body })) }, ME).byId.get('a')?.last_text
    expect(words('card', { card: { title: '61006' } })).toBe('61006')
    expect(words('file', { file: { name: 'a.pdf' } })).toBe('a.pdf')
    expect(words('file', {})).toBe('')
  })

  it('how much is unread for us says the server; what the buyer has read is not our reading', () => {
    const before = shelf(['a', { unread: 2, version: 6 }])
    const seen = { tenant: 't', at: '', version: null, conversation: 'a', delivered: 6 }
    expect(hear(before, { is: 'seen', body: { ...seen, side: 'shop', read: 5, unread: 1 } }, ME).byId.get('a')).toMatchObject({ unread: 1, read: 5 })
    expect(hear(before, { is: 'seen', body: { ...seen, side: 'buyer', read: 6, unread: 0 } }, ME).byId.get('a')).toMatchObject({ unread: 2, buyer_read: 6 })
  })
})
