/** Sums as people type them, and what may be asked of a case. Pure. */
import { decimalString, fractionDigits, parseMoney } from '@/ui/money'
import type { CaseWhole, Kind } from '../parts/wire'

/** A sum as it stands in a field: `12800, 'CNY'` → `128.00`. */
export function typedAmount(minor: number, currency: string): string {
  return decimalString(BigInt(minor), fractionDigits(currency))
}

/** A typed sum above zero and at most `most`; null when it is not. */
export function amountWithin(text: string | undefined, currency: string, most: number | null): number | null {
  const minor = parseMoney(text ?? '', currency)
  if (minor === null || minor <= 0) return null
  return most !== null && minor > most ? null : minor
}

/** What agreeing leads to; it names the verb on the button. */
export type AgreeWay = 'money' | 'return' | 'exchange' | 'repair' | 'resend'

const WAYS: Readonly<Record<string, AgreeWay>> = {
  ask_refund: 'money',
  ask_money: 'money',
  ask_return: 'return',
  ask_exchange: 'exchange',
  ask_resend: 'resend',
  ask_people: 'money',
}

export function agreeWay(one: Pick<CaseWhole, 'path' | 'kind'>): AgreeWay {
  const way = WAYS[one.path] ?? 'money'
  return way === 'exchange' && one.kind === 'repair' ? 'repair' : way
}

/** Goods come to the shop when it agrees, so it says where to. */
export function needsAddress(way: AgreeWay): boolean {
  return way === 'return' || way === 'exchange' || way === 'repair'
}

/** A line of a list tells only its kind. */
const PAID_KINDS: ReadonlySet<Kind> = new Set<Kind>([
  'refund_before_dispatch',
  'refund_only',
  'partial_refund',
  'price_difference',
  'freight_compensation',
  'compensation',
  'fraud_claim',
])

/** Whether agreeing pays at once. */
export function paysAtOnce(kind: Kind): boolean {
  return PAID_KINDS.has(kind)
}

/** Kinds that name a sum themselves. */
const SUMMED: ReadonlySet<Kind> = new Set<Kind>(['partial_refund', 'price_difference', 'freight_compensation', 'compensation'])

export function needsAmount(kind: Kind): boolean {
  return SUMMED.has(kind)
}
