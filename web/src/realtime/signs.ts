/** Passing signs: typing, seen, viewing. Never stored, seldom sent, lost without harm. */
import type { ClientFrame } from './protocol'
import type { World } from './world'

/** "Is typing" is said again at most this often, and ends by itself. */
const TYPING_AGAIN_MS = 3_000
const TYPING_ENDS_MS = 5_000
/** "Is looking" is said soon again, for those whose topic was not joined yet, and then from time to time. */
const VIEWING_SOON_MS = 2_000
const VIEWING_AGAIN_MS = 20_000
/** Receipts of a moment travel together. */
const GOT_GATHER_MS = 500

export class Signs {
  readonly #world: World
  readonly #send: (frame: ClientFrame) => boolean
  readonly #typing = new Map<string, { saidAt: number; cancel: () => void }>()
  readonly #seen = new Map<string, { version: number; said: boolean }>()
  readonly #viewing = new Map<string, number>()
  readonly #got = new Map<string, number>()
  #cancelViewing: (() => void) | null = null
  #gathering = false

  constructor(world: World, send: (frame: ClientFrame) => boolean) {
    this.#world = world
    this.#send = send
  }

  typing(conversation: string, on: boolean): void {
    const before = this.#typing.get(conversation)
    before?.cancel()
    if (!on) {
      this.#typing.delete(conversation)
      if (before) this.#send({ t: 'typing', conversation_id: conversation, on: false })
      return
    }
    const now = this.#world.now()
    const again = !before || now - before.saidAt >= TYPING_AGAIN_MS
    if (again) this.#send({ t: 'typing', conversation_id: conversation, on: true })
    this.#typing.set(conversation, {
      saidAt: again ? now : before.saidAt,
      cancel: this.#world.after(TYPING_ENDS_MS, () => this.typing(conversation, false)),
    })
  }

  /** Read marks only grow; the highest is said once, after a reconnection if need be. */
  seen(conversation: string, version: number): void {
    const before = this.#seen.get(conversation)
    if (before && before.version >= version) return
    this.#seen.set(conversation, { version, said: this.#send({ t: 'seen', conversation_id: conversation, version }) })
  }

  /** Two views of one conversation in one page are one presence. */
  viewing(conversation: string, on: boolean): void {
    const before = this.#viewing.get(conversation) ?? 0
    const after = Math.max(0, before + (on ? 1 : -1))
    if (after === 0) this.#viewing.delete(conversation)
    else this.#viewing.set(conversation, after)
    if (before > 0 !== after > 0) this.#send({ t: 'viewing', conversation_id: conversation, on: after > 0 })
    if (after > before) this.#viewAgain(VIEWING_SOON_MS)
  }

  /** The screen has received an entry; the highest of each conversation is said. */
  got(conversation: string, version: number): void {
    if ((this.#got.get(conversation) ?? 0) >= version) return
    this.#got.set(conversation, version)
    if (this.#gathering) return
    this.#gathering = true
    this.#world.after(GOT_GATHER_MS, () => this.#sayGot())
  }

  #sayGot(): void {
    this.#gathering = false
    if (this.#got.size > 0 && this.#send({ t: 'got', at: Object.fromEntries(this.#got) })) this.#got.clear()
  }

  #viewAgain(ms: number): void {
    this.#cancelViewing?.()
    this.#cancelViewing = this.#world.after(ms, () => {
      this.#cancelViewing = null
      this.#sayViewing()
      if (this.#viewing.size > 0) this.#viewAgain(VIEWING_AGAIN_MS)
    })
  }

  #sayViewing(): void {
    for (const conversation of this.#viewing.keys()) this.#send({ t: 'viewing', conversation_id: conversation, on: true })
  }

  onReady(): void {
    this.#sayViewing()
    this.#sayGot()
    for (const [conversation, mark] of this.#seen) {
      if (!mark.said) mark.said = this.#send({ t: 'seen', conversation_id: conversation, version: mark.version })
    }
  }
}
