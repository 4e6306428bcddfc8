import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '@/api/refusal'
import type { ClientFrame } from './protocol'
import { Realtime } from './realtime'
import { eventOf, type FakeSocket, FakeServer, makeWish, MemoryKeep, settled, VirtualWorld } from './testing'

/** A whole page against a server, over a network that loses, doubles and cuts, with reloads in between. */
type Deed = { do: 'write' } | { do: 'other' } | { do: 'cut' } | { do: 'reload' } | { do: 'away'; on: boolean } | { do: 'pass'; ms: number }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Deed>({ do: 'write' }) },
  { weight: 3, arbitrary: fc.constant<Deed>({ do: 'other' }) },
  { weight: 1, arbitrary: fc.constant<Deed>({ do: 'cut' }) },
  { weight: 1, arbitrary: fc.constant<Deed>({ do: 'reload' }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('away' as const), on: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 6_000 }) }) },
)

class Life {
  readonly world = new VirtualWorld()
  readonly keep = new MemoryKeep()
  readonly server = new FakeServer()
  written: string[] = []
  shown: (number | null)[] = []
  #realtime: Realtime
  #luck: () => number
  lossy = true
  #others = 0

  constructor(luck: () => number) {
    this.#luck = luck
    this.#realtime = this.#load()
  }

  #load(): Realtime {
    const { world, keep, server } = this
    const realtime = new Realtime({
      owner: 'p1',
      url: 'ws://x/socket',
      world,
      keep,
      post: async (wish) => {
        const entry = server.accept(wish)
        this.#tell(entry.version)
        if (this.#lost()) throw new Refusal({ kind: 'unavailable', code: 'ui.unavailable' })
        return entry
      },
    })
    // Each page draws for itself; what a closed one still hears is drawn nowhere.
    const shown = server.log.map((entry): number | null => entry.version)
    this.shown = shown
    realtime.subscribe('conversation:c1', {
      since: server.log.length,
      onEvent: (event) => shown.push(event.version),
      fetch: async (after) => {
        if (server.away || this.#lost()) throw new Error('lost')
        return server.fetch(after)
      },
    })
    realtime.start()
    return realtime
  }

  #lost(): boolean {
    return this.lossy && this.#luck() < 0.2
  }

  #tell(version: number): void {
    const entry = this.server.log[version - 1]
    if (!entry || this.#lost()) return
    const frame = { t: 'event', topic: 'conversation:c1', ...eventOf(entry) }
    this.world.socket.say(frame)
    if (this.#lost()) this.world.socket.say(frame)
  }

  /** The server answers what lies on the newest socket. */
  #serve(): void {
    const { socket } = this.world
    if (socket.closed) return
    const frames = socket.sent.splice(0)
    for (const frame of frames) if (!this.#lost()) this.#answer(socket, frame)
  }

  #answer(socket: FakeSocket, frame: ClientFrame): void {
    if (frame.t === 'hello') socket.say({ t: 'ready', now: this.world.time })
    else if (frame.t === 'ping') socket.say({ t: 'pong', now: this.world.time })
    else if (frame.t === 'sub') socket.say({ t: 'subbed', topic: frame.topic, version: this.server.log.length })
    else if (frame.t === 'send') {
      try {
        const entry = this.server.accept(frame.wish)
        if (!this.#lost()) socket.say({ t: 'ok', ref: frame.ref, entry })
        this.#tell(entry.version)
      } catch (error) {
        const { kind, code, row, facts } = error as Refusal
        if (!this.#lost()) socket.say({ t: 'refused', ref: frame.ref, error: { kind, code, row, facts, message: '' } })
      }
    }
  }

  async step(deed: Deed): Promise<void> {
    const { world, server } = this
    switch (deed.do) {
      case 'write': {
        const wish = makeWish(this.written.length)
        this.written.push(wish.client_id)
        void this.#realtime.send(wish).catch(() => {})
        break
      }
      case 'other':
        if (server.away) break
        this.#others += 1
        this.#tell(server.accept({ ...makeWish(0), client_id: `o${this.#others}` }).version)
        break
      case 'cut':
        world.socket.events.onClose(1006)
        break
      case 'reload':
        this.#realtime.stop()
        await settled()
        this.#realtime = this.#load()
        break
      case 'away':
        server.away = deed.on
        break
      case 'pass':
        await this.pass(deed.ms)
    }
    await settled()
    this.#serve()
    await settled()
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 250) {
      const { socket } = this.world
      if (!this.server.away && !socket.closed && socket.sent.length === 0) socket.events.onOpen()
      this.#serve()
      await this.world.pass(Math.min(250, left))
    }
  }

  async settle(): Promise<void> {
    this.lossy = false
    this.server.away = false
    this.world.socket.events.onClose(1006)
    for (let round = 0; round < 40; round += 1) {
      await this.pass(4_000)
      if (this.#realtime.outbox.get().length === 0 && this.shown.length === this.server.log.length) return
    }
  }

  get unsent() {
    return this.#realtime.outbox.get().map((item) => `${item.wish.client_id}:${item.state}`)
  }
}

describe('a life with losses, cuts and reloads', () => {
  it('loses nothing, doubles nothing, swaps nothing', async () => {
    const seeds = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }))
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 40 }), seeds, async (deeds, stream) => {
        const luck = () => stream.next().value as number
        const life = new Life(luck)
        for (const each of deeds) await life.step(each)
        await life.settle()
        expect(life.unsent).toEqual([])
        const mine = life.server.log.map((entry) => entry.client_id).filter((id) => id?.startsWith('w'))
        expect(mine).toEqual(life.written)
        expect(life.shown).toEqual(life.server.log.map((entry) => entry.version))
        expect(life.keep.items.size).toBe(0)
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})
