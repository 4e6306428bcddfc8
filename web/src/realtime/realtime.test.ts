import { describe, expect, it, vi } from 'vitest'
import type { TopicEvent } from './protocol'
import { Realtime } from './realtime'
import { eventOf, type FakeSocket, FakeServer, makeEntry, makeWish, MemoryKeep, settled, VirtualWorld } from './testing'

const NEVER = () => new Promise<never>(() => {})

function open(options: Partial<ConstructorParameters<typeof Realtime>[0]> = {}) {
  const world = new VirtualWorld()
  const keep = new MemoryKeep()
  const realtime = new Realtime({ owner: 'p1', url: 'ws://x/socket', world, keep, post: NEVER, ...options })
  return { world, keep, realtime }
}

async function ready(world: VirtualWorld): Promise<FakeSocket> {
  world.socket.events.onOpen()
  world.socket.say({ t: 'ready', me: {}, now: world.time })
  await settled()
  return world.socket
}

const listener = (since: number | null, onEvent: (event: TopicEvent) => void = () => {}) => ({
  since,
  onEvent,
  fetch: async () => ({ version: since ?? 0 }),
})

describe('the socket', () => {
  it('greets with its token and says its subscriptions anew after each return', async () => {
    const { world, realtime } = open({ token: () => 'secret' })
    realtime.subscribe('conversation:c1', listener(4))
    realtime.start()
    const first = await ready(world)
    expect(first.of('hello')).toEqual([{ t: 'hello', many: true, token: 'secret' }])
    expect(first.of('sub')).toEqual([{ t: 'sub', topic: 'conversation:c1', since: 4 }])
    first.say({ t: 'event', topic: 'conversation:c1', version: 5, name: 'x', body: {} })
    first.events.onClose(1006)
    await world.pass(1_000)
    const second = await ready(world)
    expect(second).not.toBe(first)
    expect(second.of('sub')).toEqual([{ t: 'sub', topic: 'conversation:c1', since: 5 }])
  })

  it('is offline only after a loss that lasts', async () => {
    const { world, realtime } = open()
    realtime.start()
    await ready(world)
    world.socket.events.onClose(1006)
    expect(realtime.connection.get()).toEqual({ phase: 'waiting', offline: false })
    await world.pass(2_500)
    expect(realtime.connection.get().offline).toBe(true)
    await ready(world)
    expect(realtime.connection.get()).toEqual({ phase: 'ready', offline: false })
  })

  it('notices a dead line and comes back', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    await world.pass(15_000)
    expect(socket.of('ping')).toHaveLength(1)
    socket.say({ t: 'pong', now: world.time })
    await world.pass(15_000)
    expect(world.sockets).toHaveLength(1)
    await world.pass(9_000)
    expect(socket.closed).toBe(true)
    expect(world.sockets.length).toBeGreaterThan(1)
  })

  it('waits longer after each failure, and at most twenty seconds', async () => {
    const { world, realtime } = open()
    realtime.start()
    const opened: number[] = []
    for (let n = 0; n < 9; n += 1) {
      opened.push(world.time)
      const before = world.sockets.length
      world.socket.events.onClose(1006)
      while (world.sockets.length === before) await world.pass(50)
    }
    const waits = opened.slice(1).map((at, n) => at - (opened[n] ?? 0))
    expect(waits[0]).toBeLessThan(700)
    expect(waits.at(-1)).toBeGreaterThan(12_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(20_050)
  })

  it('asks whether the session is over after three failures, and stops when told so', async () => {
    const onTrouble = vi.fn<() => void>()
    const { world, realtime } = open({ onTrouble })
    realtime.start()
    for (let n = 0; n < 3; n += 1) {
      world.socket.events.onClose(1006)
      await world.pass(5_000)
    }
    expect(onTrouble).toHaveBeenCalledTimes(1)
    world.socket.events.onClose(4001)
    const count = world.sockets.length
    await world.pass(60_000)
    expect(realtime.connection.get().phase).toBe('signed_out')
    expect(world.sockets).toHaveLength(count)
  })

  it('tries at once when the network is back', async () => {
    const { world, realtime } = open()
    realtime.start()
    for (let n = 0; n < 8; n += 1) {
      world.socket.events.onClose(1006)
      await world.pass(20_000)
    }
    world.socket.events.onClose(1006)
    const count = world.sockets.length
    world.comeBack()
    expect(world.sockets).toHaveLength(count + 1)
  })

  it('keeps the server’s time although the machine’s is wrong', async () => {
    const { world, realtime } = open()
    realtime.start()
    world.socket.events.onOpen()
    const truth = world.time + 3_600_000
    world.time += 40
    world.socket.say({ t: 'ready', now: new Date(truth + 20).toISOString() })
    expect(realtime.serverNow() - world.time).toBe(3_600_000)
  })

  it('is not hurt by frames it does not know', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    for (const text of ['', 'null', '[]', '{"t":"later"}', '{"t":"event"}', '{"t":"ok","ref":1}']) socket.events.onText(text)
    socket.events.onText(new Uint8Array(3))
    expect(realtime.connection.get().phase).toBe('ready')
  })
})

describe('topics', () => {
  it('take several frames that travel as one, in their order', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    const heard: (number | null)[] = []
    realtime.subscribe('t', listener(0, (event) => heard.push(event.version)))
    socket.say([1, 2, 3].map((version) => ({ t: 'event', topic: 't', version, name: 'x', body: {} })))
    expect(heard).toEqual([1, 2, 3])
  })

  it('that may not be heard are told to their listener, and not asked for again', async () => {
    const { world, realtime } = open()
    const onDropped = vi.fn<(why: string) => void>()
    realtime.subscribe('conversation:c9', { ...listener(0), onDropped })
    realtime.start()
    const socket = await ready(world)
    const error = { kind: 'not_found', code: 'plumbing.topic_unknown', message: '', row: null, facts: {} }
    socket.say({ t: 'refused', ref: 'conversation:c9', error })
    expect(onDropped).toHaveBeenCalledExactlyOnceWith('plumbing.topic_unknown')
    await world.pass(10_000)
    expect(socket.of('sub')).toHaveLength(1)
  })

  it('that are refused for a while are asked for again', async () => {
    const { world, realtime } = open()
    realtime.subscribe('conversation:c9', listener(0))
    realtime.start()
    const socket = await ready(world)
    const error = { kind: 'unavailable', code: 'plumbing.database_busy', message: '', row: null, facts: {} }
    socket.say({ t: 'refused', ref: 'conversation:c9', error })
    await world.pass(10_000)
    expect(socket.of('sub')).toHaveLength(2)
  })

  it('fetches what a late listener missed, and leaves with the last one', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    const leaveFirst = realtime.subscribe('t', listener(5))
    socket.say({ t: 'subbed', topic: 't', version: 5 })
    const fetch = vi.fn<(after: number) => Promise<{ version: number }>>(async () => ({ version: 5 }))
    const leaveSecond = realtime.subscribe('t', { ...listener(3), fetch })
    await settled()
    expect(fetch.mock.calls.map(([after]) => after)).toEqual([3])
    leaveFirst()
    expect(socket.of('unsub')).toEqual([])
    leaveSecond()
    expect(socket.of('unsub')).toEqual([{ t: 'unsub', topic: 't' }])
  })

  it('joins again when dropped, but not for ever', async () => {
    const { world, realtime } = open()
    const onDropped = vi.fn<(why: string) => void>()
    realtime.subscribe('t', { ...listener(0), onDropped })
    realtime.start()
    const socket = await ready(world)
    for (let n = 0; n < 6; n += 1) {
      socket.say({ t: 'dropped', topic: 't', why: 'not_allowed' })
      for (let second = 0; second < 31; second += 1) {
        await world.pass(1_000)
        socket.say({ t: 'pong', now: world.time })
      }
    }
    expect(socket.of('sub')).toHaveLength(6)
    expect(onDropped).toHaveBeenCalledExactlyOnceWith('not_allowed')
  })

  it('does not deliver to one who has left', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    const onEvent = vi.fn<(event: TopicEvent) => void>()
    const leave = realtime.subscribe('t', listener(0, onEvent))
    leave()
    socket.say({ t: 'event', topic: 't', version: 1, name: 'x', body: {} })
    expect(onEvent).not.toHaveBeenCalled()
  })
})

describe('messages', () => {
  it('go by frame and end with the entry', async () => {
    const { world, keep, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    const sent = realtime.send(makeWish(1))
    await settled()
    expect(keep.items.size).toBe(1)
    expect(socket.of('send')).toEqual([{ t: 'send', ref: '1:w1', wish: makeWish(1) }])
    socket.say({ t: 'ok', ref: '1:w1', entry: makeEntry(makeWish(1), 1) })
    await expect(sent).resolves.toMatchObject({ version: 1 })
    await settled()
    expect(keep.items.size).toBe(0)
    expect(realtime.outbox.get()).toEqual([])
  })

  it('are acknowledged by their own arrival on the topic', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    const sent = realtime.send(makeWish(1))
    const entry = makeEntry(makeWish(1), 1)
    socket.say({ t: 'event', topic: 'conversation:c1', ...eventOf(entry) })
    await expect(sent).resolves.toEqual(entry)
  })

  it('are refused with the server’s reason and stay to be mended', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    const sent = realtime.send(makeWish(1))
    const error = { kind: 'refused', code: 'guard.blocked', message: '不能这样说', row: 'G1', facts: {} }
    socket.say({ t: 'refused', ref: '1:w1', error })
    await expect(sent).rejects.toMatchObject({ code: 'guard.blocked', row: 'G1' })
    expect(realtime.outbox.get()[0]).toMatchObject({ state: 'failed', refusal: { message: '不能这样说' } })
    realtime.discard('w1')
    expect(realtime.outbox.get()).toEqual([])
  })

  it('go by POST when the socket stays away', async () => {
    const server = new FakeServer()
    const { world, realtime } = open({ post: async (wish) => server.accept(wish) })
    realtime.start()
    const sent = realtime.send(makeWish(1))
    await world.pass(3_000)
    expect(server.log).toHaveLength(0)
    await world.pass(2_000)
    await expect(sent).resolves.toMatchObject({ client_id: 'w1' })
  })

  it('go by POST when they are too large for a frame', async () => {
    const server = new FakeServer()
    const { world, realtime } = open({ post: async (wish) => server.accept(wish) })
    realtime.start()
    const socket = await ready(world)
    const sent = realtime.send({ ...makeWish(1), text: '长'.repeat(30_000) })
    await expect(sent).resolves.toMatchObject({ client_id: 'w1' })
    expect(socket.of('send')).toEqual([])
  })

  it('keep trying while the server is away', async () => {
    const server = new FakeServer()
    server.away = true
    const { world, realtime } = open({ post: async (wish) => server.accept(wish) })
    realtime.start()
    const sent = realtime.send(makeWish(1))
    await world.pass(20_000)
    expect(realtime.outbox.get()[0]?.refusal?.kind).toBe('unavailable')
    server.away = false
    await world.pass(30_000)
    await expect(sent).resolves.toMatchObject({ version: 1 })
  })

  it('of a closed page are sent by the next one, and old ones wait for a word', async () => {
    const { world, keep, realtime } = open()
    realtime.start()
    await settled()
    void realtime.send(makeWish(1)).catch(() => {})
    await settled()
    realtime.stop()
    const left = keep.items.get('w1')
    if (!left) throw new Error('nothing was kept')
    await keep.save({ ...left, wish: makeWish(0), at: left.at - 25 * 3_600_000 })
    const next = new Realtime({ owner: 'p1', url: 'ws://x/socket', world, keep, post: NEVER })
    next.start()
    const socket = await ready(world)
    expect(socket.of('send').map((frame) => frame.wish.client_id)).toEqual(['w1'])
    expect(next.outbox.get().map((item) => item.state)).toEqual(['held', 'sending'])
    next.retry('w0')
    socket.say({ t: 'ok', ref: '1:w1', entry: makeEntry(makeWish(1), 1) })
    expect(socket.of('send').map((frame) => frame.wish.client_id)).toContain('w0')
  })
})

describe('signs', () => {
  it('say typing seldom and end it', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    for (let n = 0; n < 4; n += 1) {
      realtime.typing('c1', true)
      await world.pass(1_000)
    }
    expect(socket.of('typing').map((frame) => frame.on)).toEqual([true, true])
    await world.pass(5_000)
    expect(socket.of('typing').map((frame) => frame.on)).toEqual([true, true, false])
  })

  it('let read marks only grow, and say them after a return', async () => {
    const { world, realtime } = open()
    realtime.start()
    realtime.seen('c1', 7)
    realtime.seen('c1', 5)
    const socket = await ready(world)
    expect(socket.of('seen').map((frame) => frame.version)).toEqual([7])
  })

  it('say who looks once, and again after a return', async () => {
    const { world, realtime } = open()
    realtime.start()
    const socket = await ready(world)
    realtime.viewing('c1', true)
    realtime.viewing('c1', true)
    realtime.viewing('c1', false)
    expect(socket.of('viewing').map((frame) => frame.on)).toEqual([true])
    socket.events.onClose(1006)
    await world.pass(1_000)
    const second = await ready(world)
    expect(second.of('viewing').map((frame) => frame.on)).toEqual([true])
    realtime.viewing('c1', false)
    expect(second.of('viewing').map((frame) => frame.on)).toEqual([true, false])
  })
})
