import { describe, expect, it } from 'vitest'
import type { Wish } from '@/realtime'
import { VirtualWorld } from '@/realtime/testing'
import { Holding } from './holding'

function setUp() {
  const world = new VirtualWorld()
  const sent: string[] = []
  const holding = new Holding((wish) => sent.push(wish.client_id), world.now, world.after)
  return { world, sent, holding }
}

const wish = (id: string, conversation = 'c'): Wish => ({ conversation_id: conversation, client_id: id, kind: 'text', text: id })

describe('messages held back for a moment', () => {
  it('leave by themselves when the moment is over, once', async () => {
    const { world, sent, holding } = setUp()
    holding.hold(wish('a'), 5_000)
    await world.pass(4_900)
    expect(sent).toEqual([])
    expect(holding.heldIn('c')?.leavesAt).toBe(1_005_000)
    await world.pass(5_000)
    expect(sent).toEqual(['a'])
    expect(holding.items.get()).toEqual([])
  })

  it('can be taken back until then, not afterwards', async () => {
    const { world, sent, holding } = setUp()
    holding.hold(wish('a'), 5_000)
    expect(holding.undo('a')?.text).toBe('a')
    expect(holding.undo('a')).toBeNull()
    await world.pass(60_000)
    expect(sent).toEqual([])
  })

  it('the next one of the same conversation pushes the first out, so that the order stays', async () => {
    const { world, sent, holding } = setUp()
    holding.hold(wish('a'), 5_000)
    holding.hold(wish('x', 'other'), 5_000)
    holding.hold(wish('b'), 5_000)
    expect(sent).toEqual(['a'])
    await world.pass(6_000)
    expect(sent).toEqual(['a', 'x', 'b'])
  })

  it('without a moment they leave at once, after what is still held', () => {
    const { sent, holding } = setUp()
    holding.hold(wish('a'), 5_000)
    holding.hold(wish('b'), 0)
    expect(sent).toEqual(['a', 'b'])
  })

  it('nothing is left behind when the page closes', () => {
    const { sent, holding } = setUp()
    holding.hold(wish('a'), 5_000)
    holding.hold(wish('x', 'other'), 5_000)
    holding.flush()
    expect(sent).toEqual(['a', 'x'])
  })
})
