/** How a state looks, and whose turn it is for the one who looks. */
import type { Tone } from '@/ui/theme'
import type { CaseState, CaseWhole, Kind, MoneyLine, Viewer } from './wire'

const ENDED: ReadonlySet<string> = new Set<CaseState>(['done', 'withdrawn', 'lapsed', 'turned_down', 'owing'])

export function ended(state: string): boolean {
  return ENDED.has(state)
}

export type Turn = 'mine' | 'buyer' | 'shop' | 'people' | 'nobody' | 'over'

/** Who must act now, as the viewer would say it. */
export function turnFor(viewer: Viewer, line: { state: string; turn: string | null }): Turn {
  if (ended(line.state)) return 'over'
  if (line.turn === viewer) return 'mine'
  return line.turn === 'buyer' || line.turn === 'shop' || line.turn === 'people' ? line.turn : 'nobody'
}

/** Accent where one must act oneself, green where it is settled, red where something went wrong, grey where one waits. */
export function toneOf(viewer: Viewer, line: { state: string; turn: string | null }): Tone {
  if (line.state === 'done' || line.state === 'settled') return 'settled'
  if (line.state === 'payment_failed' || line.state === 'owing' || line.state === 'turned_down') return 'breach'
  return turnFor(viewer, line) === 'mine' ? 'accent' : 'waiting'
}

type Payer = CaseWhole['freight']['back']

/** Who bears the freight, as the viewer would say it. */
export function payerFor(viewer: Viewer, payer: Payer): Payer | 'you' {
  return viewer === 'buyer' && payer === 'buyer' ? 'you' : payer
}

const GOODS: ReadonlySet<Kind> = new Set<Kind>(['exchange', 'resend', 'repair'])
const MONEY_MOVES: ReadonlySet<string> = new Set<CaseState>(['paying', 'payment_failed', 'paid_ahead', 'repaying', 'owing'])

/** Where goods answer for goods their worth is no sum that is paid, until money really moves. */
export function paysMoney(one: { kind: Kind; state: string; refunded_minor?: number }): boolean {
  return !GOODS.has(one.kind) || MONEY_MOVES.has(one.state) || (one.refunded_minor ?? 0) > 0
}

/** A timeline says what happened once, the newest first. */
export function newestFirst<Item extends { version: number }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => other.version - one.version)
}

/** The first one wins unless the other is newer: answers may overtake each other. */
export function newer<Whole extends { version: number }>(have: Whole | undefined, got: Whole): Whole {
  return have && have.version > got.version ? have : got
}

const GOES_BACK: ReadonlySet<Kind> = new Set<Kind>(['return_refund', 'exchange', 'repair'])
const GOES_OUT: ReadonlySet<Kind> = new Set<Kind>(['exchange', 'repair', 'resend'])

/** Who bears a way is worth saying only where something goes that way, or went. */
export function shownFreight(kind: Kind, freight: CaseWhole['freight'], went: { back?: boolean; out?: boolean } = {}): CaseWhole['freight'] {
  return {
    ...freight,
    ...(GOES_BACK.has(kind) || went.back ? {} : { back: 'none' }),
    ...(GOES_OUT.has(kind) || went.out ? {} : { again: 'none' }),
  }
}

/** What is taken off while a smaller sum waits for the buyer: what its lines lack to the sum, in minor units. */
export function takenOff(money: readonly Pick<MoneyLine, 'amount_minor'>[], total: number): number {
  return money.length === 0 ? 0 : total - money.reduce((sum, line) => sum + line.amount_minor, 0)
}
