import { describe, expect, it } from 'vitest'
import { EMPTY_OUTBOX, type OutboxEffect, type OutboxInput, type OutboxState, stepOutbox } from './outbox'
import { makeEntry, makeWish } from './testing'

const UNAVAILABLE = { kind: 'unavailable', code: 'x.y', message: '', row: null, facts: {} } as const
const BLOCKED = { kind: 'refused', code: 'guard.blocked', message: '', row: 'G1', facts: {} } as const

class Box {
  state: OutboxState = EMPTY_OUTBOX
  effects: OutboxEffect[] = []

  take(...inputs: OutboxInput[]): this {
    for (const input of inputs) {
      const [state, effects] = stepOutbox(this.state, input)
      this.state = state
      this.effects.push(...effects)
    }
    return this
  }

  add(n: number, conversation?: string): this {
    return this.take({ is: 'added', wish: makeWish(n, conversation), shop: null, at: n })
  }

  ok(n: number): this {
    return this.take({ is: 'taken', clientId: `w${n}`, entry: makeEntry(makeWish(n), n) })
  }

  get sent() {
    return this.effects.flatMap((each) => (each.do === 'send' ? [`${each.item.wish.client_id}/${each.door}/${each.item.attempts}`] : []))
  }

  get states() {
    return this.state.items.map((item) => `${item.wish.client_id}:${item.state}`)
  }
}

describe('outbox', () => {
  it('keeps a message before any door is open, and sends it when one opens', () => {
    const box = new Box().add(1)
    expect(box.effects.map((each) => each.do)).toEqual(['keep'])
    box.take({ is: 'door', door: 'frame' })
    expect(box.sent).toEqual(['w1/frame/1'])
  })

  it('sends one of each conversation at a time, in the order written', () => {
    const box = new Box().take({ is: 'door', door: 'frame' }).add(1).add(2).add(3, 'c2')
    expect(box.sent).toEqual(['w1/frame/1', 'w3/frame/1'])
    box.ok(1)
    expect(box.sent.at(-1)).toBe('w2/frame/1')
  })

  it('forgets what was taken and tells its writer', () => {
    const box = new Box().take({ is: 'door', door: 'frame' }).add(1).ok(1)
    expect(box.effects.slice(-2).map((each) => each.do)).toEqual(['forget', 'granted'])
    expect(box.state.items).toEqual([])
    const before = box.effects.length
    box.ok(1)
    expect(box.effects).toHaveLength(before)
  })

  it('sends again what was on a lost socket', () => {
    const box = new Box().take({ is: 'door', door: 'frame' }).add(1)
    box.take({ is: 'door', door: null }, { is: 'door', door: 'frame' })
    expect(box.sent).toEqual(['w1/frame/1', 'w1/frame/2'])
  })

  it('leaves a POST under way alone when the socket returns', () => {
    const box = new Box().take({ is: 'door', door: 'post' }).add(1).take({ is: 'door', door: 'frame' })
    expect(box.sent).toEqual(['w1/post/1'])
  })

  it('waits after "not now", longer each time, and holds back those behind it', () => {
    const box = new Box().take({ is: 'door', door: 'frame' }).add(1).add(2)
    box.take({ is: 'refused', clientId: 'w1', refusal: UNAVAILABLE, chance: 0, attempt: 1 })
    expect(box.states).toEqual(['w1:waiting', 'w2:queued'])
    box.take({ is: 'woken', clientId: 'w1', attempt: 1 })
    box.take({ is: 'refused', clientId: 'w1', refusal: UNAVAILABLE, chance: 0, attempt: 2 })
    const waits = box.effects.flatMap((each) => (each.do === 'wake' ? [each.ms] : []))
    expect(waits).toEqual([250, 500])
    expect(box.sent).toEqual(['w1/frame/1', 'w1/frame/2'])
  })

  it('does as the server asks when it names a time', () => {
    const box = new Box().take({ is: 'door', door: 'post' }).add(1)
    box.take({ is: 'refused', clientId: 'w1', refusal: UNAVAILABLE, chance: 0, attempt: 1, retryAfterMs: 7_000 })
    expect(box.effects.at(-1)).toMatchObject({ do: 'wake', ms: 7_000 })
  })

  it('sets a refused message aside for good and goes on with the next', () => {
    const box = new Box().take({ is: 'door', door: 'frame' }).add(1).add(2)
    box.take({ is: 'refused', clientId: 'w1', refusal: BLOCKED, chance: 0, attempt: 1 })
    expect(box.states).toEqual(['w1:failed', 'w2:sending'])
    expect(box.effects.some((each) => each.do === 'refuse')).toBe(true)
    box.take({ is: 'retry', clientId: 'w1' })
    expect(box.states).toEqual(['w1:sending', 'w2:sending'])
  })

  it('does not hear an answer to an earlier attempt', () => {
    const box = new Box().take({ is: 'door', door: 'frame' }).add(1)
    box.take({ is: 'unanswered', clientId: 'w1', attempt: 1 })
    box.take({ is: 'refused', clientId: 'w1', refusal: UNAVAILABLE, chance: 0, attempt: 1 })
    expect(box.states).toEqual(['w1:sending'])
    box.take({ is: 'unanswered', clientId: 'w1', attempt: 1 })
    expect(box.sent).toEqual(['w1/frame/1', 'w1/frame/2'])
  })

  it('keeps the message of one who was signed out', () => {
    const box = new Box().take({ is: 'door', door: 'frame' }).add(1)
    const refusal = { ...UNAVAILABLE, kind: 'unauthenticated' } as const
    box.take({ is: 'refused', clientId: 'w1', refusal, chance: 0, attempt: 1 })
    expect(box.states).toEqual(['w1:waiting'])
    expect(box.effects.some((each) => each.do === 'forget' || each.do === 'refuse')).toBe(false)
  })

  it('sends what an earlier visit left first, and what is too old only when asked', () => {
    const left = { wish: makeWish(1), shop: null, at: 1, state: 'queued', attempts: 0, door: null, refusal: null } as const
    const old = { ...left, wish: makeWish(0), state: 'held' } as const
    const box = new Box().add(2).take({ is: 'loaded', items: [old, left] }, { is: 'door', door: 'frame' })
    expect(box.sent).toEqual(['w1/frame/1'])
    box.ok(1)
    expect(box.sent).toEqual(['w1/frame/1', 'w2/frame/1'])
    expect(box.states).toEqual(['w0:held', 'w2:sending'])
    box.take({ is: 'discarded', clientId: 'w0' })
    expect(box.states).toEqual(['w2:sending'])
  })

  it('puts what is written now after what was left, even when the clock went back', () => {
    const left = { wish: makeWish(1), shop: null, at: 900, state: 'queued', attempts: 0, door: null, refusal: null } as const
    const box = new Box().add(2).add(3).take({ is: 'loaded', items: [left] })
    expect(box.state.items.map((item) => item.at)).toEqual([900, 901, 902])
    expect(box.effects.filter((each) => each.do === 'keep')).toHaveLength(4)
  })

  it('takes the same message in only once', () => {
    expect(new Box().add(1).add(1).states).toEqual(['w1:queued'])
  })
})
