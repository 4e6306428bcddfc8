/** Messages held back for a moment, so that they can be undone; they leave by themselves, one by one in order. */
import type { Wish } from '@/realtime'
import { Box } from '@/realtime/store'

export interface HeldMessage {
  wish: Wish
  /** When it leaves, milliseconds by the clock that was given. */
  leavesAt: number
}

export interface HoldingWorld {
  now: () => number
  after: (ms: number, run: () => void) => () => void
}

const TIMERS = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

export class Holding {
  readonly items = new Box<readonly HeldMessage[]>([])
  readonly #send: (wish: Wish) => void
  readonly #world: HoldingWorld
  readonly #cancel = new Map<string, () => void>()

  constructor(send: (wish: Wish) => void, now: () => number, after: HoldingWorld['after'] = TIMERS) {
    this.#send = send
    this.#world = { now, after }
  }

  /** Whatever is still held in the same conversation leaves first, so that the order stays. */
  hold(wish: Wish, ms: number): void {
    this.flush(wish.conversation_id ?? undefined)
    if (ms <= 0) {
      this.#send(wish)
      return
    }
    this.items.set([...this.items.get(), { wish, leavesAt: this.#world.now() + ms }])
    this.#cancel.set(wish.client_id, this.#world.after(ms, () => this.#leave(wish.client_id)))
  }

  /** Takes a message back; null when it has left already. */
  undo(clientId: string): Wish | null {
    return this.#take(clientId)?.wish ?? null
  }

  /** The message of a conversation that can be taken back now. */
  heldIn(conversation: string): HeldMessage | null {
    return this.items.get().find(({ wish }) => wish.conversation_id === conversation) ?? null
  }

  /** Everything leaves at once: the page closes, or another message follows. */
  flush(conversation?: string): void {
    for (const { wish } of this.items.get()) {
      if (conversation === undefined || wish.conversation_id === conversation) this.#leave(wish.client_id)
    }
  }

  #leave(clientId: string): void {
    const held = this.#take(clientId)
    if (held) this.#send(held.wish)
  }

  #take(clientId: string): HeldMessage | undefined {
    const held = this.items.get().find(({ wish }) => wish.client_id === clientId)
    if (!held) return undefined
    this.#cancel.get(clientId)?.()
    this.#cancel.delete(clientId)
    this.items.set(this.items.get().filter((each) => each !== held))
    return held
  }
}
