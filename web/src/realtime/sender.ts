/** Carries the outbox: by frame while the socket is open, by POST when it stays away. */
import { asRefusal } from '@/api/refusal'
import type { OutboxKeep } from './keep'
import {
  EMPTY_OUTBOX,
  idOf,
  type ItemRefusal,
  type OutboxEffect,
  type OutboxInput,
  type OutboxItem,
  stepOutbox,
  type Door,
} from './outbox'
import { type ClientFrame, type Entry, fitsFrame, type WireError, type Wish } from './protocol'
import { Box, type Watched } from './store'
import type { World } from './world'

export interface SenderOptions {
  world: World
  keep: OutboxKeep
  sendFrame: (frame: ClientFrame) => boolean
  /** The same wish through the other door. */
  post: (wish: Wish, shop: string | null) => Promise<Entry>
}

const ANSWER_MS = 10_000
const LOAD_MS = 2_000
/** Without a socket for this long, messages go by POST. */
const POST_AFTER_MS = 4_000
/** Left by an earlier visit longer ago than this: shown, but not sent without asking. */
const TOO_OLD_MS = 24 * 3_600_000

interface Waiter {
  resolve: (entry: Entry) => void
  reject: (refusal: ItemRefusal) => void
}

export class Sender {
  readonly items: Watched<readonly OutboxItem[]>
  readonly #items = new Box<readonly OutboxItem[]>([])
  readonly #options: SenderOptions
  readonly #waiters = new Map<string, Waiter>()
  #state = EMPTY_OUTBOX
  #door: Door | null = null
  #loaded = false
  #lastAt = 0
  #cancelPost: () => void = () => {}

  constructor(options: SenderOptions) {
    this.#options = options
    this.items = this.#items
  }

  /** Brings back what an earlier visit left; nothing is sent before, so that the order holds. */
  async start(): Promise<void> {
    const { world, keep } = this.#options
    const tooLong = new Promise<OutboxItem[]>((resolve) => {
      world.after(LOAD_MS, () => resolve([]))
    })
    const kept = await Promise.race([keep.load().catch(() => []), tooLong])
    const items = kept.map((item) => revive(item, world.now()))
    this.#loaded = true
    this.#step({ is: 'loaded', items })
    this.#lastAt = Math.max(this.#lastAt, ...this.#state.items.map((item) => item.at))
    this.#step({ is: 'door', door: this.#door })
  }

  send(wish: Wish, shop: string | null): Promise<Entry> {
    // Two messages of one millisecond must still be told apart after a reload.
    this.#lastAt = Math.max(this.#options.world.now(), this.#lastAt + 1)
    const answer = new Promise<Entry>((resolve, reject) => {
      this.#waiters.set(wish.client_id, { resolve, reject })
    })
    this.#step({ is: 'added', wish, shop, at: this.#lastAt })
    return answer
  }

  retry(clientId: string): void {
    this.#step({ is: 'retry', clientId })
  }

  discard(clientId: string): void {
    this.#waiters.delete(clientId)
    this.#step({ is: 'discarded', clientId })
  }

  onReady(): void {
    this.#cancelPost()
    this.#setDoor('frame')
  }

  onAway(): void {
    this.#setDoor(null)
    this.#cancelPost()
    this.#cancelPost = this.#options.world.after(POST_AFTER_MS, () => this.#setDoor('post'))
  }

  stop(): void {
    this.#cancelPost()
    this.#setDoor(null)
  }

  /** The answer to a frame, or the message itself arriving on its topic. */
  onTaken(clientId: string, entry: Entry): void {
    this.#step({ is: 'taken', clientId, entry })
  }

  onOk(ref: string, entry: Entry): void {
    this.onTaken(readRef(ref).clientId, entry)
  }

  onRefused(ref: string, error: WireError): void {
    const { clientId, attempt } = readRef(ref)
    const refusal = { ...error, kind: error.kind as ItemRefusal['kind'] }
    const seconds = Number(error.facts.retry_after_seconds ?? Number.NaN)
    const wait = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1_000 } : {}
    this.#step({ is: 'refused', clientId, refusal, chance: this.#options.world.chance(), attempt, ...wait })
  }

  #setDoor(door: Door | null): void {
    this.#door = door
    if (this.#loaded) this.#step({ is: 'door', door })
  }

  #step(input: OutboxInput): void {
    const [state, effects] = stepOutbox(this.#state, input)
    this.#state = state
    this.#items.set(state.items)
    for (const effect of effects) this.#run(effect)
  }

  #run(effect: OutboxEffect): void {
    const { world, keep } = this.#options
    switch (effect.do) {
      case 'send':
        this.#sendOut(effect.item, effect.door)
        return
      case 'keep':
        keep.save(effect.item).catch(() => {})
        return
      case 'forget':
        keep.forget(effect.clientId).catch(() => {})
        return
      case 'granted':
        this.#waiters.get(effect.clientId)?.resolve(effect.entry)
        this.#waiters.delete(effect.clientId)
        return
      case 'refuse':
        this.#waiters.get(effect.clientId)?.reject(effect.refusal)
        this.#waiters.delete(effect.clientId)
        return
      case 'wake': {
        const { clientId, attempt } = effect
        world.after(effect.ms, () => this.#step({ is: 'woken', clientId, attempt }))
      }
    }
  }

  #sendOut(item: OutboxItem, door: Door): void {
    const frame: ClientFrame = { t: 'send', ref: writeRef(item), wish: item.wish }
    const byFrame = door === 'frame' && fitsFrame(JSON.stringify(frame)) && this.#options.sendFrame(frame)
    if (!byFrame) {
      void this.#post(item)
      return
    }
    const clientId = idOf(item)
    const attempt = item.attempts
    this.#options.world.after(ANSWER_MS, () => this.#step({ is: 'unanswered', clientId, attempt }))
  }

  async #post(item: OutboxItem): Promise<void> {
    const clientId = idOf(item)
    try {
      this.onTaken(clientId, await this.#options.post(item.wish, item.shop))
    } catch (error) {
      const refusal = asRefusal(error)
      const retryAfterMs = refusal.retryAfterSeconds === null ? undefined : refusal.retryAfterSeconds * 1_000
      this.#step({
        is: 'refused',
        clientId,
        refusal,
        chance: this.#options.world.chance(),
        attempt: item.attempts,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      })
    }
  }
}

/** Nothing is under way any more after a reload; what is old waits for a word. */
function revive(item: OutboxItem, now: number): OutboxItem {
  if (item.state === 'failed') return item
  return { ...item, state: now - item.at > TOO_OLD_MS ? 'held' : 'queued', attempts: 0, door: null, refusal: null }
}

function writeRef(item: OutboxItem): string {
  return `${item.attempts}:${idOf(item)}`
}

function readRef(ref: string): { clientId: string; attempt: number } {
  const colon = ref.indexOf(':')
  return { attempt: Number(ref.slice(0, colon)), clientId: ref.slice(colon + 1) }
}
