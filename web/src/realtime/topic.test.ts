import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TopicEvent } from './protocol'
import { startTopic, stepTopic, type TopicEffect, type TopicInput, type TopicState } from './topic'

const event = (version: number | null, name = 'said'): TopicEvent => ({ version, name, body: version })

class Listener {
  state: TopicState
  heard: TopicEvent[] = []
  fetches: number[] = []
  later = 0

  constructor(since: number | null) {
    this.state = startTopic(since)
  }

  take(input: TopicInput): void {
    const [state, effects] = stepTopic(this.state, input)
    this.state = state
    for (const effect of effects) this.run(effect)
  }

  private run(effect: TopicEffect): void {
    if (effect.do === 'deliver') this.heard.push(...effect.events)
    else if (effect.do === 'fetch') this.fetches.push(effect.after)
    else this.later += 1
  }

  get versions() {
    return this.heard.map((each) => each.version)
  }
}

describe('a versioned topic', () => {
  it('hands on events in turn and drops what it has', () => {
    const topic = new Listener(3)
    for (const version of [4, 4, 3, 5]) topic.take({ is: 'event', event: event(version) })
    expect(topic.versions).toEqual([4, 5])
    expect(topic.fetches).toEqual([])
  })

  it('fetches a gap once and keeps what came early', () => {
    const topic = new Listener(0)
    topic.take({ is: 'event', event: event(3) })
    topic.take({ is: 'event', event: event(4) })
    topic.take({ is: 'poked', version: 4 })
    expect(topic.fetches).toEqual([0])
    expect(topic.heard).toEqual([])
    topic.take({ is: 'fetched', result: { version: 2, events: [event(1), event(2)] } })
    expect(topic.versions).toEqual([1, 2, 3, 4])
    expect(topic.fetches).toEqual([0])
  })

  it('asks page after page until it has what it heard of', () => {
    const topic = new Listener(0)
    topic.take({ is: 'joined', version: 5 })
    topic.take({ is: 'fetched', result: { version: 2, events: [event(1), event(2)] } })
    topic.take({ is: 'fetched', result: { version: 4, events: [event(3), event(4)] } })
    expect(topic.fetches).toEqual([0, 2, 4])
  })

  it('hands on nothing while a snapshot is on its way', () => {
    const topic = new Listener(10)
    topic.take({ is: 'event', event: event(12) })
    topic.take({ is: 'event', event: event(11) })
    expect(topic.heard).toEqual([])
    topic.take({ is: 'fetched', result: { version: 11, snapshot: true } })
    expect(topic.versions).toEqual([12])
  })

  it('begins again from a snapshot that is older than what it had', () => {
    const topic = new Listener(10)
    topic.take({ is: 'poked', version: 12 })
    topic.take({ is: 'fetched', result: { version: 9, snapshot: true } })
    expect(topic.state.have).toBe(9)
    expect(topic.fetches).toEqual([10, 9])
  })

  it('waits before it asks again a server that brings nothing', () => {
    const topic = new Listener(1)
    topic.take({ is: 'poked', version: 3 })
    topic.take({ is: 'fetched', result: { version: 1 } })
    expect(topic.fetches).toEqual([1])
    expect(topic.later).toBe(1)
    topic.take({ is: 'retry' })
    expect(topic.fetches).toEqual([1, 1])
  })

  it('hands on what is in turn although the fetch failed, and tries again', () => {
    const topic = new Listener(0)
    topic.take({ is: 'event', event: event(3) })
    topic.take({ is: 'event', event: event(1) })
    topic.take({ is: 'fetch_failed' })
    expect(topic.versions).toEqual([1])
    expect(topic.later).toBe(1)
  })

  it('fetches after a poke that does not say how much was missed', () => {
    const topic = new Listener(7)
    topic.take({ is: 'poked', version: null })
    expect(topic.fetches).toEqual([7])
    topic.take({ is: 'fetched', result: { version: 7 } })
    expect([topic.fetches.length, topic.later]).toEqual([1, 0])
  })

  it('tries again when such a fetch fails', () => {
    const topic = new Listener(7)
    topic.take({ is: 'poked', version: null })
    topic.take({ is: 'fetch_failed' })
    topic.take({ is: 'retry' })
    expect(topic.fetches).toEqual([7, 7])
  })

  it('passes signs without a version on at once', () => {
    const topic = new Listener(0)
    topic.take({ is: 'poked', version: 2 })
    topic.take({ is: 'event', event: event(null, 'typing') })
    expect(topic.heard.map((each) => each.name)).toEqual(['typing'])
  })

  it('keeps a bounded number of early events', () => {
    const topic = new Listener(0)
    for (let version = 2; version < 2_000; version += 1) topic.take({ is: 'event', event: event(version) })
    expect(topic.state.early.size).toBeLessThanOrEqual(256)
    expect(topic.state.known).toBe(1_999)
  })
})

describe('an unversioned topic', () => {
  it('is fetched after every return', () => {
    const topic = new Listener(null)
    topic.take({ is: 'joined', version: null })
    topic.take({ is: 'fetched', result: { version: 0 } })
    topic.take({ is: 'joined', version: 0 })
    expect(topic.fetches).toHaveLength(2)
  })

  it('applies what came during a fetch after it', () => {
    const topic = new Listener(null)
    topic.take({ is: 'joined', version: null })
    topic.take({ is: 'event', event: event(null, 'changed') })
    expect(topic.heard).toEqual([])
    topic.take({ is: 'fetched', result: { version: 0 } })
    expect(topic.heard).toHaveLength(1)
    expect(topic.fetches).toHaveLength(1)
  })

  it('fetches once more when poked during a fetch', () => {
    const topic = new Listener(null)
    topic.take({ is: 'joined', version: null })
    topic.take({ is: 'poked', version: null })
    topic.take({ is: 'poked', version: null })
    expect(topic.fetches).toHaveLength(1)
    topic.take({ is: 'fetched', result: { version: 0 } })
    expect(topic.fetches).toHaveLength(2)
  })
})

/** What the world does to one listener: the server appends, frames are lost, doubled, swapped, fetches fail. */
type Turn =
  | { do: 'append' }
  | { do: 'frame'; at: number; again: boolean }
  | { do: 'lose'; at: number }
  | { do: 'poke' }
  | { do: 'reconnect' }
  | { do: 'answer'; page: number; snapshot: boolean }
  | { do: 'fail' }
  | { do: 'timer' }

const index = fc.nat({ max: 40 })
const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Turn>({ do: 'append' }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('frame' as const), at: index, again: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lose' as const), at: index }) },
  { weight: 1, arbitrary: fc.constant<Turn>({ do: 'poke' }) },
  { weight: 1, arbitrary: fc.constant<Turn>({ do: 'reconnect' }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), page: fc.integer({ min: 1, max: 5 }), snapshot: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Turn>({ do: 'fail' }) },
  { weight: 1, arbitrary: fc.constant<Turn>({ do: 'timer' }) },
)

class Model {
  log: TopicEvent[] = []
  flying: TopicEvent[] = []
  /** What a page shows: replaced by a snapshot, else grown event by event. */
  shown: (number | null)[]
  /** The answer is read by the server when the fetch is asked, and may arrive much later. */
  asked: { after: number; upTo: number }[] = []
  timers = 0
  fetchesAtOnce = 0
  state: TopicState

  constructor(before: number) {
    for (let n = 0; n < before; n += 1) this.log.push(event(n + 1))
    this.state = startTopic(before)
    this.shown = this.log.map((each) => each.version)
  }

  take(input: TopicInput): void {
    const [state, effects] = stepTopic(this.state, input)
    this.state = state
    for (const effect of effects) {
      if (effect.do === 'deliver') for (const each of effect.events) this.show(each)
      else if (effect.do === 'fetch') {
        this.asked.push({ after: effect.after, upTo: this.log.length })
        this.fetchesAtOnce = Math.max(this.fetchesAtOnce, this.asked.length)
      } else this.timers += 1
    }
  }

  show(each: TopicEvent): void {
    // The promise to listeners: each event follows the one before.
    if (each.version !== (this.shown.at(-1) ?? 0) + 1) throw new Error(`${each.version} after ${this.shown.at(-1)}`)
    this.shown.push(each.version)
  }

  answer(page: number, snapshot: boolean): void {
    const question = this.asked.shift()
    if (!question) return
    if (snapshot) {
      this.shown = this.log.slice(0, question.upTo).map((each) => each.version)
      this.take({ is: 'fetched', result: { version: question.upTo, snapshot: true } })
      return
    }
    const events = this.log.slice(question.after, Math.min(question.after + page, question.upTo))
    this.take({ is: 'fetched', result: { version: events.at(-1)?.version ?? question.after, events } })
  }

  play(turn: Turn): void {
    switch (turn.do) {
      case 'append': {
        const next = event(this.log.length + 1)
        this.log.push(next)
        this.flying.push(next)
        return
      }
      case 'frame': {
        const at = turn.at % Math.max(1, this.flying.length)
        const frame = this.flying[at]
        if (!frame) return
        if (!turn.again) this.flying.splice(at, 1)
        this.take({ is: 'event', event: frame })
        return
      }
      case 'lose':
        this.flying.splice(turn.at % Math.max(1, this.flying.length), 1)
        return
      case 'poke':
        this.take({ is: 'poked', version: this.log.length })
        return
      case 'reconnect':
        this.flying = []
        this.take({ is: 'joined', version: this.log.length })
        return
      case 'answer':
        this.answer(turn.page, turn.snapshot)
        return
      case 'fail':
        if (this.asked.shift()) this.take({ is: 'fetch_failed' })
        return
      case 'timer':
        if (this.timers > 0) {
          this.timers -= 1
          this.take({ is: 'retry' })
        }
    }
  }

  /** The network heals: what is asked is answered, timers ring, nothing new happens. */
  settle(): void {
    this.play({ do: 'reconnect' })
    for (let step = 0; step < 500 && (this.asked.length > 0 || this.timers > 0); step += 1) {
      if (this.asked.length > 0) this.play({ do: 'answer', page: 3, snapshot: false })
      else this.play({ do: 'timer' })
    }
  }
}

describe('whatever happens on the way', () => {
  it('ends with what the server has, in order, once each, one fetch at a time', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5 }), fc.array(turn, { maxLength: 120 }), (before, turns) => {
        const model = new Model(before)
        for (const each of turns) model.play(each)
        model.settle()
        expect(model.shown).toEqual(model.log.map((each) => each.version))
        expect(model.fetchesAtOnce).toBeLessThanOrEqual(1)
        expect(model.state.early.size).toBe(0)
      }),
      { numRuns: 1_000 },
    )
  }, 60_000)
})
