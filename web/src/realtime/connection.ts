/** One socket for a page: it greets, breathes, and comes back by itself. */
import { RECONNECT, waitMs } from './backoff'
import { type ClientFrame, CLOSED, parseFrames, type ServerFrame } from './protocol'
import { Box, type Watched } from './store'
import type { SocketLike, World } from './world'

export interface ConnectionView {
  phase: 'stopped' | 'connecting' | 'ready' | 'waiting' | 'signed_out'
  /** Away for long enough that people should be told. */
  offline: boolean
}

export interface ConnectionOptions {
  url: string
  world: World
  /** Bearer token for pages without a cookie. */
  token?: () => string | null
  onReady: () => void
  onAway: () => void
  onFrame: (frame: ServerFrame) => void
  /** Several tries in a row came to nothing: the session may be over. */
  onTrouble?: () => void
}

/** A dead line is noticed after two silent breaths. */
const BREATH_MS = 15_000
const ANSWER_MS = 8_000
/** Shorter losses heal before anybody need know. */
const QUIET_LOSS_MS = 2_000
const TRIES_UNTIL_TROUBLE = 3

export class Connection {
  readonly view: Watched<ConnectionView>
  readonly #view = new Box<ConnectionView>({ phase: 'stopped', offline: false })
  readonly #options: ConnectionOptions
  #socket: SocketLike | null = null
  /** Counts the sockets, so that a late word of an old one is not heard. */
  #round = 0
  #failures = 0
  #offsetMs = 0
  #bestTripMs = Number.POSITIVE_INFINITY
  #askedAt: number | null = null
  #cancelTimer: () => void = () => {}
  #cancelQuiet: () => void = () => {}
  #cancelReturn: () => void = () => {}

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.view = this.#view
  }

  start(): void {
    if (this.#view.get().phase !== 'stopped') return
    this.#cancelReturn = this.#options.world.onReturn(() => this.nudge())
    this.#open()
  }

  stop(): void {
    this.#cancelReturn()
    this.#cancelQuiet()
    this.#drop()
    this.#view.set({ phase: 'stopped', offline: false })
  }

  get ready(): boolean {
    return this.#view.get().phase === 'ready'
  }

  /** The server's clock, in milliseconds since 1970. */
  readonly serverNow = (): number => this.#options.world.now() + this.#offsetMs

  /** True when the frame went out; frames before the greeting's answer are not sent. */
  send(frame: ClientFrame): boolean {
    if (!this.ready) return false
    this.#say(frame)
    return true
  }

  /** The network is back or somebody looks: try at once, or ask whether the line still lives. */
  nudge(): void {
    const { phase } = this.#view.get()
    if (phase === 'waiting') this.#open()
    else if (phase === 'ready') this.#ask()
  }

  #open(): void {
    this.#drop()
    this.#setPhase('connecting')
    const round = this.#round
    const current = (handler: () => void) => () => {
      if (round === this.#round) handler()
    }
    const { world, url } = this.#options
    this.#socket = world.open(url, {
      onOpen: current(() => this.#greet()),
      onText: (text) => current(() => this.#hear(parseFrames(text), round))(),
      onClose: (code) => current(() => this.#lost(code))(),
    })
    this.#wait(ANSWER_MS, () => this.#lost(0))
  }

  #greet(): void {
    const token = this.#options.token?.()
    this.#askedAt = this.#options.world.now()
    this.#say({ t: 'hello', many: true, ...(token ? { token } : {}) })
  }

  #hear(frames: readonly ServerFrame[], round: number): void {
    // Any word proves the line; the next breath is counted from here.
    if (this.ready) this.#wait(BREATH_MS, () => this.#ask())
    for (const frame of frames) if (round === this.#round) this.#take(frame)
  }

  #take(frame: ServerFrame): void {
    if (frame.t === 'pong') this.#learnTime(frame.now)
    else if (frame.t === 'ready') {
      this.#learnTime(frame.now)
      this.#failures = 0
      this.#cancelQuiet()
      this.#view.set({ phase: 'ready', offline: false })
      this.#wait(BREATH_MS, () => this.#ask())
      this.#options.onReady()
    } else this.#options.onFrame(frame)
  }

  #ask(): void {
    this.#askedAt ??= this.#options.world.now()
    this.#say({ t: 'ping' })
    this.#wait(ANSWER_MS, () => this.#lost(0))
  }

  #lost(code: number): void {
    const wasReady = this.ready
    this.#drop()
    if (wasReady) this.#options.onAway()
    if (code === CLOSED.unauthenticated) {
      this.#view.set({ phase: 'signed_out', offline: true })
      this.#options.onTrouble?.()
      return
    }
    this.#failures += 1
    if (this.#failures % TRIES_UNTIL_TROUBLE === 0) this.#options.onTrouble?.()
    this.#setPhase('waiting')
    const { world } = this.#options
    this.#wait(wasReady ? world.chance() * RECONNECT.firstMs : waitMs(this.#failures, RECONNECT, world.chance()), () => this.#open())
  }

  /** The offset of the quickest exchange is the truest. */
  #learnTime(now: string | number): void {
    if (this.#askedAt === null) return
    const heardAt = this.#options.world.now()
    const trip = heardAt - this.#askedAt
    const server = typeof now === 'number' ? now : Date.parse(now)
    const offset = server - (this.#askedAt + trip / 2)
    this.#askedAt = null
    // A machine that slept or was set anew is far off: then the old measure is worth nothing.
    if (trip > this.#bestTripMs && Math.abs(offset - this.#offsetMs) < 1_000) return
    this.#bestTripMs = trip
    this.#offsetMs = offset
  }

  #setPhase(phase: 'connecting' | 'waiting'): void {
    const { offline, phase: before } = this.#view.get()
    this.#view.set({ phase, offline })
    if (offline || before === 'connecting' || before === 'waiting') return
    this.#cancelQuiet = this.#options.world.after(QUIET_LOSS_MS, () => {
      this.#view.set({ ...this.#view.get(), offline: true })
    })
  }

  #say(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame))
  }

  #wait(ms: number, run: () => void): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#options.world.after(ms, run)
  }

  #drop(): void {
    this.#cancelTimer()
    this.#round += 1
    this.#askedAt = null
    this.#socket?.close()
    this.#socket = null
  }
}
