/** From a filled form to a wish for a case. Pure. */
import type { CaseWish, Kind } from '../parts/wire'
import { amountWithin, needsAmount } from './amounts'

export const OPEN_KINDS = [
  'refund_before_dispatch',
  'refund_only',
  'return_refund',
  'exchange',
  'resend',
  'partial_refund',
  'price_difference',
  'freight_compensation',
  'compensation',
  'repair',
  'fraud_claim',
] as const satisfies readonly Kind[]

export const REASONS = [
  'no_reason',
  'no_longer_needed',
  'ordered_by_mistake',
  'does_not_suit',
  'quality',
  'description',
  'damaged',
  'missing',
  'missing_gift',
  'fake',
  'not_received',
  'late_dispatch',
  'out_of_stock',
  'false_dispatch',
  'price_dropped',
  'freight_overpaid',
] as const

const WITHOUT: ReadonlySet<string> = new Set(['no_reason', 'no_longer_needed', 'ordered_by_mistake', 'does_not_suit'])

export interface OpenValues {
  kind: Kind
  reason: (typeof REASONS)[number]
  condition: NonNullable<CaseWish['condition']>
  lines: Readonly<Record<string, { on?: boolean; quantity?: number | null; new_variant?: string | null } | undefined>>
  amount?: string
  text?: string
}

/** Only goods that come back without a reason must be as they were. */
export function conditionsCount({ kind, reason }: Pick<OpenValues, 'kind' | 'reason'>): boolean {
  return (kind === 'return_refund' || kind === 'exchange') && WITHOUT.has(reason)
}

/** Null while something that must be said is missing. No line chosen = everything that is left. */
export function wishOf(values: OpenValues, currency: string): CaseWish | null {
  const amount = needsAmount(values.kind) ? amountWithin(values.amount, currency, null) : null
  if (needsAmount(values.kind) && amount === null) return null
  const chosen = Object.entries(values.lines).filter(([, line]) => line?.on)
  const exchange = values.kind === 'exchange'
  if (exchange && (chosen.length === 0 || chosen.some(([, line]) => !line?.new_variant))) return null
  return {
    kind: values.kind,
    reason: values.reason,
    condition: conditionsCount(values) ? values.condition : 'unknown',
    lines: chosen.map(([item, line]) => ({ item, quantity: line?.quantity ?? 1, new_variant: exchange ? (line?.new_variant ?? null) : null })),
    text: values.text?.trim() ?? '',
    asked_minor: amount,
    payment_method: '',
    files: [],
  } as CaseWish
}
