/**
 * Messages on their way out: pure. In each conversation one travels at a time, in the order they were written,
 * and each may travel as often as it must: the server knows it again by its client id.
 */
import type { Refusal } from '@/api/refusal'
import { type Backoff, REPEAT, waitMs } from './backoff'
import type { Entry, Wish } from './protocol'

export interface OutboxItem {
  wish: Wish
  /** Staff write in a shop's name; the address of the POST needs it. */
  shop: string | null
  /** When it was written, milliseconds by this machine's clock. */
  at: number
  state: ItemState
  /** How often it has set out. */
  attempts: number
  door: Door | null
  refusal: ItemRefusal | null
}

/**
 * queued: its turn will come · sending: on its way · waiting: not taken, will be tried again ·
 * failed: refused for good · held: too old to be sent without asking
 */
export type ItemState = 'queued' | 'sending' | 'waiting' | 'failed' | 'held'
export type Door = 'frame' | 'post'
export type ItemRefusal = Pick<Refusal, 'kind' | 'code' | 'message' | 'row' | 'facts'>

export interface OutboxState {
  items: readonly OutboxItem[]
  /** The way out that is open now. */
  door: Door | null
}

export type OutboxInput =
  | { is: 'added'; wish: Wish; shop: string | null; at: number }
  | { is: 'loaded'; items: readonly OutboxItem[] }
  | { is: 'door'; door: Door | null }
  | { is: 'taken'; clientId: string; entry: Entry }
  | { is: 'refused'; clientId: string; refusal: ItemRefusal; retryAfterMs?: number; chance: number; attempt?: number }
  | { is: 'unanswered'; clientId: string; attempt: number }
  | { is: 'woken'; clientId: string; attempt: number }
  | { is: 'retry'; clientId: string }
  | { is: 'discarded'; clientId: string }

export type OutboxEffect =
  | { do: 'send'; door: Door; item: OutboxItem }
  | { do: 'keep'; item: OutboxItem }
  | { do: 'forget'; clientId: string }
  | { do: 'granted'; clientId: string; entry: Entry }
  | { do: 'refuse'; clientId: string; refusal: ItemRefusal }
  | { do: 'wake'; clientId: string; attempt: number; ms: number }

export type OutboxStep = readonly [OutboxState, readonly OutboxEffect[]]

export const EMPTY_OUTBOX: OutboxState = { items: [], door: null }

const AGAIN: Backoff = REPEAT

export function stepOutbox(state: OutboxState, input: OutboxInput): OutboxStep {
  switch (input.is) {
    case 'added':
      return onAdded(state, input)
    case 'loaded':
      return onLoaded(state, input.items)
    case 'door':
      return onDoor(state, input.door)
    case 'taken':
      return leave(state, input.clientId, [
        { do: 'forget', clientId: input.clientId },
        { do: 'granted', clientId: input.clientId, entry: input.entry },
      ])
    case 'refused':
      return onRefused(state, input)
    case 'unanswered':
      return onUnanswered(state, input.clientId, input.attempt)
    case 'woken':
      return change(state, input.clientId, (item) =>
        item.state === 'waiting' && item.attempts === input.attempt ? { ...item, state: 'queued' } : item,
      )
    case 'retry':
      return change(state, input.clientId, (item) => ({ ...item, state: 'queued', refusal: null }), true)
    case 'discarded':
      return leave(state, input.clientId, [{ do: 'forget', clientId: input.clientId }])
  }
}

export function idOf(item: OutboxItem): string {
  return item.wish.client_id
}

function onAdded(state: OutboxState, { wish, shop, at }: Extract<OutboxInput, { is: 'added' }>): OutboxStep {
  if (state.items.some((item) => idOf(item) === wish.client_id)) return [state, []]
  const item: OutboxItem = { wish, shop, at, state: 'queued', attempts: 0, door: null, refusal: null }
  return sendHeads({ ...state, items: [...state.items, item] }, [{ do: 'keep', item }])
}

/** A lost socket has lost what was on it; a POST under way still has its own answer to come. */
function onDoor(state: OutboxState, door: Door | null): OutboxStep {
  const items = state.items.map((item): OutboxItem => {
    if (item.state === 'sending' && item.door === 'frame') return { ...item, state: 'queued', door: null }
    return item.state === 'waiting' && door === 'frame' ? { ...item, state: 'queued' } : item
  })
  return sendHeads({ items, door }, [])
}

function onRefused(state: OutboxState, input: Extract<OutboxInput, { is: 'refused' }>): OutboxStep {
  const { clientId, refusal } = input
  const item = state.items.find((each) => idOf(each) === clientId)
  // An answer to an earlier attempt says nothing about the one under way.
  if (!item || (input.attempt !== undefined && input.attempt !== item.attempts)) return [state, []]
  if (mayRetry(refusal)) {
    const ms = input.retryAfterMs ?? waitMs(item.attempts, AGAIN, input.chance)
    const [next, effects] = change(state, clientId, (each) => ({ ...each, state: 'waiting', door: null, refusal }))
    return [next, [...effects, { do: 'wake', clientId, attempt: item.attempts, ms }]]
  }
  const failed: OutboxItem = { ...item, state: 'failed', door: null, refusal }
  return sendHeads({ ...state, items: state.items.map((each) => (each === item ? failed : each)) }, [
    { do: 'keep', item: failed },
    { do: 'refuse', clientId, refusal },
  ])
}

/** Signed out is no judgement about the message: it stays until the same person is back. */
function mayRetry({ kind }: ItemRefusal): boolean {
  return kind === 'unavailable' || kind === 'too_many' || kind === 'unauthenticated'
}

function onUnanswered(state: OutboxState, clientId: string, attempt: number): OutboxStep {
  return change(state, clientId, (item) =>
    item.state === 'sending' && item.attempts === attempt ? { ...item, state: 'queued', door: null } : item,
  )
}

function change(state: OutboxState, clientId: string, to: (item: OutboxItem) => OutboxItem, keep = false): OutboxStep {
  const effects: OutboxEffect[] = []
  const items = state.items.map((item) => {
    if (idOf(item) !== clientId) return item
    const changed = to(item)
    if (keep) effects.push({ do: 'keep', item: changed })
    return changed
  })
  return sendHeads({ ...state, items }, effects)
}

function leave(state: OutboxState, clientId: string, effects: readonly OutboxEffect[]): OutboxStep {
  if (!state.items.some((item) => idOf(item) === clientId)) return [state, []]
  return sendHeads({ ...state, items: state.items.filter((item) => idOf(item) !== clientId) }, effects)
}

/** The first of each conversation that is not settled sets out, if a door is open and it is its turn. */
function sendHeads(state: OutboxState, before: readonly OutboxEffect[]): OutboxStep {
  const { door } = state
  if (door === null) return [state, before]
  const effects = [...before]
  const busy = new Set<string>()
  const items = state.items.map((item): OutboxItem => {
    const lane = item.wish.conversation_id
    if (item.state === 'failed' || item.state === 'held' || busy.has(lane)) return item
    busy.add(lane)
    if (item.state !== 'queued') return item
    const sending: OutboxItem = { ...item, state: 'sending', attempts: item.attempts + 1, door }
    effects.push({ do: 'send', door, item: sending })
    return sending
  })
  return [{ ...state, items }, effects]
}

/** What an earlier visit left comes first: it was written first, whatever the machine's clock says. */
function onLoaded(state: OutboxState, kept: readonly OutboxItem[]): OutboxStep {
  const here = new Set(state.items.map(idOf))
  const before = kept.filter((item) => !here.has(idOf(item)))
  let last = Math.max(0, ...before.map((item) => item.at))
  const effects: OutboxEffect[] = []
  const items = state.items.map((item) => {
    last = Math.max(item.at, last + 1)
    if (last === item.at) return item
    const later = { ...item, at: last }
    effects.push({ do: 'keep', item: later })
    return later
  })
  return sendHeads({ ...state, items: [...before, ...items] }, effects)
}
