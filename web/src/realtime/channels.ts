/** Who listens to which topic: one subscription on the wire per topic, one place in the order per listener. */
import { REPEAT, waitMs } from './backoff'
import type { ClientFrame, TopicEvent, WireError } from './protocol'
import { type Fetched, startTopic, stepTopic, type TopicEffect, type TopicInput, type TopicState } from './topic'
import type { World } from './world'

export interface Listener {
  /** The version already shown; null for an unversioned topic. */
  since: number | null
  /** In order, once each, without gaps (events with a version); passing signs as they come. */
  onEvent: (event: TopicEvent) => void
  /** Brings what was missed after `after`; one at a time. */
  fetch: (after: number, signal: AbortSignal) => Promise<Fetched>
  /** The server took the topic away for good (rights changed). */
  onDropped?: (why: string) => void
}

interface Seat {
  listener: Listener
  state: TopicState
  abort: AbortController
  cancelRetry: () => void
}

interface Channel {
  seats: Set<Seat>
  joined: boolean
  /** The highest version heard of since we joined. */
  known: number | null
  drops: number
  cancelRejoin: () => void
}

/** Rejoining again and again would hide that we may not listen any more. */
const MOST_DROPS = 5

export class Channels {
  readonly #channels = new Map<string, Channel>()
  readonly #send: (frame: ClientFrame) => boolean
  readonly #world: World

  constructor(world: World, send: (frame: ClientFrame) => boolean) {
    this.#world = world
    this.#send = send
  }

  subscribe(topic: string, listener: Listener): () => void {
    const channel = this.#channel(topic)
    const seat: Seat = {
      listener,
      state: startTopic(listener.since),
      abort: new AbortController(),
      cancelRetry: () => {},
    }
    const first = channel.seats.size === 0
    channel.seats.add(seat)
    if (first) this.#join(topic, channel)
    else if (channel.joined) this.#step(seat, { is: 'joined', version: channel.known })
    return () => this.#leave(topic, channel, seat)
  }

  /** The socket is greeted: all subscriptions are said anew. */
  onReady(): void {
    for (const [topic, channel] of this.#channels) this.#join(topic, channel)
  }

  onAway(): void {
    for (const channel of this.#channels.values()) {
      channel.joined = false
      channel.cancelRejoin()
    }
  }

  onSubbed(topic: string, version: number | null): void {
    const channel = this.#channels.get(topic)
    if (!channel) return
    channel.joined = true
    channel.drops = 0
    this.#tell(channel, version, { is: 'joined', version })
  }

  onEvent(topic: string, event: TopicEvent): void {
    const channel = this.#channels.get(topic)
    if (channel) this.#tell(channel, event.version, { is: 'event', event })
  }

  onPoke(topic: string, version: number | null): void {
    const channel = this.#channels.get(topic)
    if (channel) this.#tell(channel, version, { is: 'poked', version })
  }

  onDropped(topic: string, why: string): void {
    const channel = this.#channels.get(topic)
    if (!channel) return
    channel.joined = false
    channel.drops += 1
    channel.cancelRejoin()
    if (channel.drops > MOST_DROPS) {
      for (const seat of channel.seats) seat.listener.onDropped?.(why)
      return
    }
    const ms = waitMs(channel.drops, REPEAT, this.#world.chance())
    channel.cancelRejoin = this.#world.after(ms, () => this.#join(topic, channel))
  }

  /** The answer to a subscription; true when `ref` is a topic of ours. */
  onRefused(ref: string, error: WireError): boolean {
    const channel = this.#channels.get(ref)
    if (!channel) return false
    if (error.kind === 'unavailable' || error.kind === 'too_many') this.onDropped(ref, error.code)
    else for (const seat of channel.seats) seat.listener.onDropped?.(error.code)
    return true
  }

  #channel(topic: string): Channel {
    const found = this.#channels.get(topic)
    if (found) return found
    const made: Channel = { seats: new Set(), joined: false, known: null, drops: 0, cancelRejoin: () => {} }
    this.#channels.set(topic, made)
    return made
  }

  #join(topic: string, channel: Channel): void {
    const since = Math.min(...[...channel.seats].map((seat) => seat.state.have))
    this.#send({ t: 'sub', topic, since: Number.isFinite(since) ? since : 0 })
  }

  #leave(topic: string, channel: Channel, seat: Seat): void {
    if (!channel.seats.delete(seat)) return
    seat.abort.abort()
    seat.cancelRetry()
    if (channel.seats.size > 0) return
    channel.cancelRejoin()
    this.#channels.delete(topic)
    this.#send({ t: 'unsub', topic })
  }

  #tell(channel: Channel, version: number | null, input: TopicInput): void {
    if (version !== null) channel.known = Math.max(channel.known ?? 0, version)
    for (const seat of channel.seats) this.#step(seat, input)
  }

  #step(seat: Seat, input: TopicInput): void {
    const [state, effects] = stepTopic(seat.state, input)
    seat.state = state
    for (const effect of effects) this.#run(seat, effect)
  }

  #run(seat: Seat, effect: TopicEffect): void {
    switch (effect.do) {
      case 'deliver':
        for (const event of effect.events) tellSafely(seat.listener, event)
        return
      case 'fetch':
        void this.#fetch(seat, effect.after)
        return
      case 'fetch_later': {
        seat.cancelRetry()
        const ms = waitMs(effect.failures, REPEAT, this.#world.chance())
        seat.cancelRetry = this.#world.after(ms, () => this.#step(seat, { is: 'retry' }))
      }
    }
  }

  async #fetch(seat: Seat, after: number): Promise<void> {
    const { signal } = seat.abort
    try {
      const result = await seat.listener.fetch(after, signal)
      if (!signal.aborted) this.#step(seat, { is: 'fetched', result })
    } catch {
      // The listener has told its own error; here the fetch is only due again.
      if (!signal.aborted) this.#step(seat, { is: 'fetch_failed' })
    }
  }
}

/** A listener's fault is reported and costs the others nothing. */
function tellSafely(listener: Listener, event: TopicEvent): void {
  try {
    listener.onEvent(event)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
