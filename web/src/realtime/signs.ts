/** Passing signs: typing, seen, viewing. Never stored, seldom sent, lost without harm. */
import type { ClientFrame } from './protocol'
import type { World } from './world'

/** "Is typing" is said again at most this often, and ends by itself. */
const TYPING_AGAIN_MS = 3_000
const TYPING_ENDS_MS = 5_000

export class Signs {
  readonly #world: World
  readonly #send: (frame: ClientFrame) => boolean
  readonly #typing = new Map<string, { saidAt: number; cancel: () => void }>()
  readonly #seen = new Map<string, { version: number; said: boolean }>()
  readonly #viewing = new Map<string, number>()

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
  }

  onReady(): void {
    for (const conversation of this.#viewing.keys()) this.#send({ t: 'viewing', conversation_id: conversation, on: true })
    for (const [conversation, mark] of this.#seen) {
      if (!mark.said) mark.said = this.#send({ t: 'seen', conversation_id: conversation, version: mark.version })
    }
  }
}
