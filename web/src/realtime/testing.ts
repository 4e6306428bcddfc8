/** A small world for tests: virtual time, a server with a log, and a network that can be told to misbehave. */
import { Refusal } from '@/api/refusal'
import type { OutboxKeep } from './keep'
import { idOf, type OutboxItem } from './outbox'
import type { ClientFrame, Entry, TopicEvent, Wish } from './protocol'
import type { Fetched } from './topic'
import type { SocketEvents, SocketLike, World } from './world'

export class VirtualWorld implements World {
  time = 1_000_000
  readonly sockets: FakeSocket[] = []
  #timers: { at: number; order: number; run: () => void }[] = []
  #order = 0
  #returns = new Set<() => void>()

  readonly now = () => this.time
  readonly chance = () => 0.5

  readonly after = (ms: number, run: () => void) => {
    this.#order += 1
    const timer = { at: this.time + ms, order: this.#order, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  readonly open = (_url: string, events: SocketEvents): SocketLike => {
    const socket = new FakeSocket(events)
    this.sockets.push(socket)
    return socket
  }

  readonly onReturn = (listener: () => void) => {
    this.#returns.add(listener)
    return () => this.#returns.delete(listener)
  }

  comeBack(): void {
    for (const listener of this.#returns) listener()
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }

  /** Lets time pass; promises settle between two timers. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms
    await settled()
    for (;;) {
      const next = this.#timers.filter((each) => each.at <= end).toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
      if (!next) break
      this.#timers = this.#timers.filter((each) => each !== next)
      this.time = Math.max(this.time, next.at)
      next.run()
      await settled()
    }
    this.time = end
  }
}

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve()
}

export class FakeSocket implements SocketLike {
  readonly sent: ClientFrame[] = []
  closed = false
  onSend: (frame: ClientFrame) => void = () => {}

  constructor(readonly events: SocketEvents) {}

  readonly send = (text: string) => {
    const frame = JSON.parse(text) as ClientFrame
    this.sent.push(frame)
    this.onSend(frame)
  }

  readonly close = () => {
    this.closed = true
  }

  say(frame: unknown): void {
    this.events.onText(JSON.stringify(frame))
  }

  of<T extends ClientFrame['t']>(t: T): Extract<ClientFrame, { t: T }>[] {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { t: T }> => frame.t === t)
  }
}

/** What outlives a closed page. */
export class MemoryKeep implements OutboxKeep {
  readonly items = new Map<string, OutboxItem>()
  readonly load = async () => [...this.items.values()].toSorted((a, b) => a.at - b.at)
  readonly save = async (item: OutboxItem) => {
    this.items.set(idOf(item), item)
  }
  readonly forget = async (clientId: string) => {
    this.items.delete(clientId)
  }
}

/** The server's side of one conversation: a log, client ids known again. */
export class FakeServer {
  readonly log: Entry[] = []
  /** Words it will not take, as the guard would not. */
  readonly refusedWords = new Set<string>()
  away = false

  accept(wish: Wish): Entry {
    if (this.away) throw new Refusal({ kind: 'unavailable', code: 'plumbing.database_unavailable' })
    const before = this.log.find((entry) => entry.client_id === wish.client_id)
    if (before) return before
    if (this.refusedWords.has(wish.text ?? '')) throw new Refusal({ kind: 'refused', code: 'guard.blocked', row: 'G1' })
    const entry = makeEntry(wish, this.log.length + 1)
    this.log.push(entry)
    return entry
  }

  fetch(after: number, limit = 3): Fetched {
    const entries = this.log.slice(after, after + limit)
    return { version: entries.at(-1)?.version ?? after, events: entries.map(eventOf) }
  }
}

export function eventOf(entry: Entry): TopicEvent {
  return { version: entry.version, name: 'conversations.entry_added', body: { entry } }
}

export function makeWish(n: number, conversation = 'c1'): Wish {
  return { conversation_id: conversation, client_id: `w${n}`, kind: 'text', text: `text ${n}` }
}

export function makeEntry(wish: Wish, version: number): Entry {
  return {
    conversation_id: wish.conversation_id,
    version,
    id: `e${version}`,
    client_id: wish.client_id,
    role: 'buyer',
    person_id: 'p1',
    name: 'p',
    kind: wish.kind,
    text: wish.text ?? '',
    body: {},
    at: '2026-11-22T02:00:00Z',
    recalled: false,
    consultation: 1,
  }
}
