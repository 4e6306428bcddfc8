import { describe, expect, it } from 'vitest'
import type { ClientFrame } from './protocol'
import { Signs } from './signs'
import { VirtualWorld } from './testing'

function setUp() {
  const world = new VirtualWorld()
  const sent: ClientFrame[] = []
  let open = true
  const signs = new Signs(world, (frame) => {
    if (open) sent.push(frame)
    return open
  })
  return { world, sent, signs, setOpen: (on: boolean) => (open = on) }
}

describe('receipts', () => {
  it('those of a moment travel in one frame, the highest of each conversation', async () => {
    const { world, sent, signs } = setUp()
    signs.got('a', 3)
    signs.got('b', 1)
    signs.got('a', 4)
    signs.got('a', 2)
    await world.pass(1_000)
    expect(sent).toEqual([{ t: 'got', at: { a: 4, b: 1 } }])
    await world.pass(10_000)
    expect(sent).toHaveLength(1)
  })

  it('without a socket they wait for the next one', async () => {
    const { world, sent, signs, setOpen } = setUp()
    setOpen(false)
    signs.got('a', 3)
    await world.pass(1_000)
    expect(sent).toEqual([])
    setOpen(true)
    signs.onReady()
    expect(sent).toEqual([{ t: 'got', at: { a: 3 } }])
  })
})

describe('who looks on', () => {
  it('is said again from time to time, and not any more when he has left', async () => {
    const { world, sent, signs } = setUp()
    signs.viewing('a', true)
    await world.pass(65_000)
    const said = sent.length
    expect(said).toBeGreaterThanOrEqual(4)
    signs.viewing('a', false)
    expect(sent.at(-1)).toEqual({ t: 'viewing', conversation_id: 'a', on: false })
    await world.pass(65_000)
    expect(sent).toHaveLength(said + 1)
  })
})
