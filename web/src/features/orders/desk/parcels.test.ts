import { describe, expect, it } from 'vitest'
import { latestEvents, parcelState } from './parcels'

describe('parcels', () => {
  it('signed wins over sent, and what was not sent is packed', () => {
    expect(parcelState({ dispatched_at: null, signed_at: null })).toBe('packed')
    expect(parcelState({ dispatched_at: '2026-11-20T02:00:00Z', signed_at: null })).toBe('under_way')
    expect(parcelState({ dispatched_at: null, signed_at: '2026-11-22T02:00:00Z' })).toBe('signed')
  })

  it('the newest line of the log stands first, whatever the zone it was written in', () => {
    const events = [
      { text: 'a', at: '2026-11-20T10:00:00+08:00' },
      { text: 'b', at: '2026-11-20T03:00:00Z' },
      { text: 'c', at: '2026-11-20T01:00:00Z' },
    ]
    expect(latestEvents({ events }, 2).map((event) => event.text)).toEqual(['b', 'a'])
  })

  it('lines without a time stand in the order of the log, the last first', () => {
    const events = [{ text: 'a', at: null }, { text: 'b', at: null }]
    expect(latestEvents({ events }, 5).map((event) => event.text)).toEqual(['b', 'a'])
  })
})
