/** One topic as one listener sees it: pure, so that losses, doubles and swaps can be tried by the thousand. */
import type { TopicEvent } from './protocol'

export interface TopicState {
  /** False for topics that only say "something changed": they are fetched anew after every return. */
  versioned: boolean
  /** The last version handed on. */
  have: number
  /** The highest version heard of. */
  known: number
  /** Came before its turn, or while a fetch was under way. */
  early: ReadonlyMap<number, TopicEvent>
  /** Unversioned events that wait for a fetch to end, in order of arrival. */
  held: readonly TopicEvent[]
  fetching: boolean
  /** Something may have been missed since the last fetch began, we cannot tell what. */
  stale: boolean
  /** Failed or fruitless fetches in a row. */
  failures: number
}

/** What a fetch brings: the version it reached, and the events up to it. */
export interface Fetched {
  version: number
  events?: readonly TopicEvent[]
  /** The listener has replaced all it had with the state at `version`. */
  snapshot?: boolean
}

export type TopicInput =
  | { is: 'joined'; version: number | null }
  | { is: 'event'; event: TopicEvent }
  | { is: 'poked'; version: number | null }
  | { is: 'fetched'; result: Fetched }
  | { is: 'fetch_failed' }
  | { is: 'retry' }

export type TopicEffect =
  | { do: 'deliver'; events: readonly TopicEvent[] }
  | { do: 'fetch'; after: number }
  | { do: 'fetch_later'; failures: number }

export type TopicStep = readonly [TopicState, readonly TopicEffect[]]

/** More early events than this are not kept: the fetch will bring them. */
const MOST_EARLY = 256

/** `since`: the version of what the listener already shows; null for an unversioned topic. */
export function startTopic(since: number | null): TopicState {
  const have = since ?? 0
  return {
    versioned: since !== null,
    have,
    known: have,
    early: new Map(),
    held: [],
    fetching: false,
    stale: false,
    failures: 0,
  }
}

export function stepTopic(state: TopicState, input: TopicInput): TopicStep {
  switch (input.is) {
    case 'joined':
    case 'poked':
      return fetchIfBehind(heard(state, input.version))
    case 'event':
      return onEvent(state, input.event)
    case 'fetched':
      return onFetched(state, input.result)
    case 'fetch_failed':
      return onFailed(state)
    case 'retry':
      return fetchIfBehind(state)
  }
}

function heard(state: TopicState, version: number | null): TopicState {
  if (!state.versioned || version === null) return { ...state, stale: true }
  return { ...state, known: Math.max(state.known, version) }
}

function onEvent(state: TopicState, event: TopicEvent): TopicStep {
  if (event.version === null || !state.versioned) {
    if (state.fetching && !state.versioned) return [{ ...state, held: [...state.held, event] }, []]
    return [state, [{ do: 'deliver', events: [event] }]]
  }
  const { version } = event
  if (version <= state.have) return [state, []]
  const known = Math.max(state.known, version)
  const early = state.early.size < MOST_EARLY || version === state.have + 1 ? withEvent(state.early, event) : state.early
  const next = { ...state, known, early }
  // While a fetch is under way nothing is handed on: it may bring a state that begins before this event.
  return state.fetching ? [next, []] : thenFetch(drain(next))
}

function onFetched(state: TopicState, result: Fetched): TopicStep {
  if (!state.versioned) {
    const next = { ...state, fetching: false, failures: 0, held: [] }
    const events = [...(result.events ?? []), ...state.held]
    return thenFetch([next, events.length > 0 ? [{ do: 'deliver', events }] : []])
  }
  const fresh = inOrder(result.events ?? []).filter((event) => (event.version ?? 0) > state.have)
  const have = result.snapshot ? result.version : Math.max(state.have, result.version)
  const progress = have > state.have || result.snapshot === true
  const failures = progress ? 0 : state.failures + 1
  const next = { ...state, fetching: false, have, known: Math.max(state.known, have), failures }
  const [drained, effects] = drain(next, fresh)
  // A server that says it knows more, yet brings nothing, is asked again, but not at once.
  if (!progress && behind(drained)) return [drained, [...effects, { do: 'fetch_later', failures }]]
  return thenFetch([drained, effects])
}

function onFailed(state: TopicState): TopicStep {
  const failures = state.failures + 1
  // What was to be fetched is still missing.
  const base = { ...state, fetching: false, failures, held: [], stale: state.stale || !state.versioned || state.known <= state.have }
  const [next, effects] = state.versioned ? drain(base) : ([base, deliver(state.held)] as const)
  return behind(next) ? [next, [...effects, { do: 'fetch_later', failures }]] : [next, effects]
}

/** Hands on `first`, then whatever waited and is now in turn. */
function drain(state: TopicState, first: readonly TopicEvent[] = []): TopicStep {
  const events = [...first]
  const early = new Map(state.early)
  let { have } = state
  for (let event = early.get(have + 1); event; event = early.get(have + 1)) {
    events.push(event)
    have += 1
  }
  for (const version of early.keys()) if (version <= have) early.delete(version)
  return [{ ...state, have, early }, deliver(events)]
}

function thenFetch([state, effects]: TopicStep): TopicStep {
  const [next, more] = fetchIfBehind(state)
  return [next, [...effects, ...more]]
}

function fetchIfBehind(state: TopicState): TopicStep {
  if (state.fetching || !behind(state)) return [state, []]
  return [{ ...state, fetching: true, stale: false }, [{ do: 'fetch', after: state.have }]]
}

function behind(state: TopicState): boolean {
  return state.stale || state.known > state.have
}

function deliver(events: readonly TopicEvent[]): TopicEffect[] {
  return events.length > 0 ? [{ do: 'deliver', events }] : []
}

function withEvent(early: ReadonlyMap<number, TopicEvent>, event: TopicEvent): ReadonlyMap<number, TopicEvent> {
  return event.version === null ? early : new Map(early).set(event.version, event)
}

function inOrder(events: readonly TopicEvent[]): TopicEvent[] {
  return events.toSorted((a, b) => (a.version ?? 0) - (b.version ?? 0))
}
