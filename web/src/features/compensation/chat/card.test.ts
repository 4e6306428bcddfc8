import { describe, expect, it } from 'vitest'
import { packetOf, standOf } from './card'

describe('cards of red packets', () => {
  it('reads only red packets', () => {
    const card = { kind: 'red_packet', id: 'a', amount_minor: 500 }
    expect(packetOf({ card })?.id).toBe('a')
    expect(packetOf({ card: { ...card, kind: 'order' } })).toBeNull()
    expect(packetOf({ card: { ...card, amount_minor: '500' } })).toBeNull()
    expect(packetOf({})).toBeNull()
  })
  it('waits, was taken or went back', () => {
    expect((['waiting', 'paying', 'given', 'contested', 'returned', 'undone'] as const).map(standOf)).toEqual([
      'waiting',
      'taken',
      'taken',
      'taken',
      'returned',
      'returned',
    ])
    expect(standOf(undefined)).toBe('waiting')
  })
})
