/** The board of cases: what is asked for, which lines stand on it, and how news change them without moving them. Pure. */
import { ended } from '../parts/look'
import type { CaseLine, CaseState, Kind } from '../parts/wire'
import { OPEN_KINDS } from '../shop/opening'
import type { CasesAsk } from '../shop/server'

/** States in which it is the shop's turn, as the server tells it by `turn`. */
export const OUR_TURN = [
  'asked_refund',
  'asked_money',
  'asked_return',
  'asked_exchange',
  'asked_resend',
  'coming_back',
  'inspecting',
  'coming_back_goods',
  'inspecting_goods',
  'repairing',
  'sending_out',
  'paid_ahead',
] as const satisfies readonly CaseState[]

export const BUYERS_TURN = ['offered', 'contested', 'to_pay', 'sending_back', 'deducting', 'on_way', 'repaying', 'settled'] as const satisfies readonly CaseState[]

export const OTHERS = ['with_people', 'payment_failed', 'paying', 'charging'] as const satisfies readonly CaseState[]

export const OPEN_STATES: readonly CaseState[] = [...OUR_TURN, ...BUYERS_TURN, ...OTHERS]

export const TURNS = ['shop', 'buyer', 'others', 'all', 'closed'] as const
export type TurnFilter = (typeof TURNS)[number]

export const DUES = ['any', 'over', 'today', 'week'] as const
export type DueFilter = (typeof DUES)[number]

export interface BoardFilter {
  turn: TurnFilter
  state: CaseState | null
  kind: Kind | null
  /** Only warned ones, only those with the supervisor. */
  stage: 0 | 1 | 2
  due: DueFilter
  /** Only those in conversations one serves oneself. */
  mine: boolean
}

export const NO_FILTER: BoardFilter = { turn: 'shop', state: null, kind: null, stage: 0, due: 'any', mine: false }

/** The filters as they stand in the address; what is not understood is as if it were not there. */
export function readFilter(query: URLSearchParams): BoardFilter {
  const state = query.get('state')
  const kind = query.get('kind')
  const stage = Number(query.get('stage'))
  return {
    turn: TURNS.find((each) => each === query.get('turn')) ?? 'shop',
    state: OPEN_STATES.find((each) => each === state) ?? null,
    kind: OPEN_KINDS.find((each) => each === kind) ?? null,
    stage: stage === 1 || stage === 2 ? stage : 0,
    due: DUES.find((each) => each === query.get('due')) ?? 'any',
    mine: query.get('mine') === '1',
  }
}

/** Only what differs from the first look stands in the address. */
export function writeFilter(filter: BoardFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (filter.turn !== 'shop') query.set('turn', filter.turn)
  if (filter.state) query.set('state', filter.state)
  if (filter.kind) query.set('kind', filter.kind)
  if (filter.stage) query.set('stage', String(filter.stage))
  if (filter.due !== 'any') query.set('due', filter.due)
  if (filter.mine) query.set('mine', '1')
  return query
}

/** How the list is asked for; `endOf` gives the end of today and of the next seven days in the reader's time zone. */
export function askOf(filter: BoardFilter, now: Date): Omit<CasesAsk, 'limit'> {
  const mine = filter.mine ? { mine: true } : {}
  if (filter.turn === 'closed') return { order: 'newest', closed: true, ...mine, ...(filter.kind ? { kind: filter.kind } : {}) }
  const due = dueBefore(filter.due, now)
  return {
    order: 'due',
    ...mine,
    ...statesOf(filter),
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.stage ? { stage: filter.stage } : {}),
    ...(due ? { due_before: due.toISOString() } : {}),
  }
}

function statesOf({ state, turn }: BoardFilter): { state?: CaseState[] } {
  if (state) return { state: [state] }
  switch (turn) {
    case 'shop':
      return { state: [...OUR_TURN] }
    case 'buyer':
      return { state: [...BUYERS_TURN] }
    case 'others':
      return { state: [...OTHERS] }
    case 'all':
    case 'closed':
      return {}
  }
}

/** By the minute, so that the same look is the same question. */
export function dueBefore(due: DueFilter, now: Date): Date | null {
  const end = new Date(now)
  switch (due) {
    case 'any':
      return null
    case 'over':
      end.setSeconds(0, 0)
      return end
    case 'today':
      end.setHours(24, 0, 0, 0)
      return end
    case 'week':
      end.setHours(24 * 7, 0, 0, 0)
      return end
  }
}

/** Whether a line still belongs to what is looked at; whatever left stays in its place, quiet, until one asks anew. */
export function fits(line: Pick<CaseLine, 'state' | 'kind' | 'stage'>, filter: BoardFilter): boolean {
  const over = ended(line.state)
  if (filter.turn === 'closed') return over
  if (over) return false
  const { state } = statesOf(filter)
  if (state && !state.includes(line.state)) return false
  if (filter.kind && line.kind !== filter.kind) return false
  return line.stage >= filter.stage
}

/** The lines in their places with what came since; a line that is not on the page changes nothing. */
export function withNews(lines: readonly CaseLine[], news: ReadonlyMap<string, CaseLine>): readonly CaseLine[] {
  if (news.size === 0) return lines
  return lines.map((line) => {
    const later = news.get(line.id)
    return later && later.version >= line.version ? later : line
  })
}

export interface News {
  case: string
  state: CaseState
  kind: Kind
  case_version?: number
  stage?: number
}

/** Which shown lines have to be fetched, and which cases belong here and are not shown; news do not say who serves. */
export function sortNews(moved: readonly News[], lines: readonly CaseLine[], filter: BoardFilter): { here: string[]; fresh: string[] } {
  const shown = new Map(lines.map((line) => [line.id, line.version]))
  const here = moved.filter((one) => (shown.get(one.case) ?? Infinity) < (one.case_version ?? 1))
  const fresh = moved.filter((one) => !filter.mine && !shown.has(one.case) && fits({ state: one.state, kind: one.kind, stage: one.stage ?? 0 }, filter))
  return { here: here.map((one) => one.case), fresh: fresh.map((one) => one.case) }
}

/** A case on a page may come twice when it moved while pages were fetched. */
export function once(lines: readonly CaseLine[]): CaseLine[] {
  const seen = new Set<string>()
  return lines.filter(({ id }) => !seen.has(id) && Boolean(seen.add(id)))
}

export function mayAgree(line: Pick<CaseLine, 'deeds'>): boolean {
  return line.deeds.some(({ deed, allowed }) => deed === 'agree' && allowed)
}

/** In portions, so that progress can be told and one portion that is lost is not all of them. */
export function portions<Item>(items: readonly Item[], size: number): Item[][] {
  const cut: Item[][] = []
  for (let from = 0; from < items.length; from += size) cut.push(items.slice(from, from + size))
  return cut
}
