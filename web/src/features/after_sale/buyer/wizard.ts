/** The wish as it grows, question by question: only what decides is asked. Pure. */
import type { CaseWish, Kind } from '../parts/wire'
import type { Given, Order } from './server'

export type Condition = NonNullable<CaseWish['condition']>
export type Step = 'kind' | 'lines' | 'reason' | 'condition' | 'amount' | 'send'
type Facts = Pick<Order, 'state'> & { items: readonly { id: string; quantity: number; product_id?: string | null }[] }

export interface Draft {
  step: Step
  kind: Kind | null
  /** Pieces of each item; an item that is not named is not meant. */
  pieces: Readonly<Record<string, number>>
  /** For an exchange: what each item becomes. */
  variants: Readonly<Record<string, string>>
  reason: string | null
  /** Only reasons that say the seller is at fault: the way that stays open when a return without a reason is refused. */
  faultOnly: boolean
  condition: Condition | null
  amountMinor: number | null
  text: string
  files: readonly Given[]
  /** The key that makes sending twice harmless. */
  clientId: string
}

export function emptyDraft(clientId: string): Draft {
  return {
    step: 'kind',
    kind: null,
    pieces: {},
    variants: {},
    reason: null,
    faultOnly: false,
    condition: null,
    amountMinor: null,
    text: '',
    files: [],
    clientId,
  }
}

export const CONDITIONS: readonly Condition[] = ['intact', 'opened', 'seal_broken', 'incomplete', 'altered', 'soiled', 'unknown']

const KINDS: Record<Order['state'], readonly Kind[]> = {
  pending: [],
  cancelled: [],
  paid: ['refund_before_dispatch', 'compensation', 'price_difference'],
  dispatched: ['refund_only', 'return_refund', 'exchange', 'resend', 'compensation', 'freight_compensation', 'price_difference'],
  delivered: ['return_refund', 'exchange', 'refund_only', 'partial_refund', 'resend', 'repair', 'freight_compensation', 'price_difference', 'compensation', 'fraud_claim'],
  completed: ['return_refund', 'exchange', 'refund_only', 'partial_refund', 'resend', 'repair', 'freight_compensation', 'price_difference', 'compensation', 'fraud_claim'],
}

/** What is worth offering at this stage of the order; the rules decide in the end. */
export function kindsFor(order: Pick<Order, 'state'>): readonly Kind[] {
  return KINDS[order.state]
}

const NO_REASON: ReadonlySet<string> = new Set(['no_reason', 'no_longer_needed', 'ordered_by_mistake', 'does_not_suit'])
const COUNTED: ReadonlySet<Kind> = new Set<Kind>(['refund_before_dispatch', 'refund_only', 'return_refund', 'exchange', 'repair', 'resend'])
const FREE: ReadonlySet<Kind> = new Set<Kind>(['partial_refund', 'price_difference', 'freight_compensation'])

const REASONS: Record<Kind, readonly string[]> = {
  refund_before_dispatch: ['no_longer_needed', 'ordered_by_mistake', 'late_dispatch', 'out_of_stock'],
  refund_only: ['not_received', 'no_longer_needed', 'quality', 'description', 'damaged', 'missing', 'fake', 'false_dispatch'],
  return_refund: ['does_not_suit', 'no_longer_needed', 'ordered_by_mistake', 'quality', 'description', 'damaged', 'missing', 'fake'],
  exchange: ['does_not_suit', 'ordered_by_mistake', 'quality', 'description', 'damaged'],
  resend: ['missing', 'missing_gift', 'damaged', 'not_received'],
  partial_refund: ['quality', 'description', 'damaged', 'missing', 'missing_gift'],
  price_difference: ['price_dropped'],
  freight_compensation: ['freight_overpaid'],
  compensation: ['late_dispatch', 'out_of_stock', 'false_dispatch', 'missing_gift', 'description', 'damaged'],
  repair: ['quality', 'damaged'],
  fraud_claim: ['fake', 'description'],
}

export function reasonsFor(draft: Pick<Draft, 'kind' | 'faultOnly'>): readonly string[] {
  if (!draft.kind) return []
  return draft.faultOnly ? REASONS[draft.kind].filter((one) => !NO_REASON.has(one)) : REASONS[draft.kind]
}

/** The questions that decide for this wish, in the order they are asked. */
export function stepsOf(draft: Draft, order: Facts): Step[] {
  const { kind } = draft
  if (!kind) return ['kind']
  const steps: Step[] = ['kind']
  const many = order.items.length > 1 || order.items.some((item) => item.quantity > 1)
  if (kind === 'exchange' || (COUNTED.has(kind) && many)) steps.push('lines')
  if (reasonsFor(draft).length > 1) steps.push('reason')
  const back = kind === 'return_refund' || kind === 'exchange'
  if (back && draft.reason !== null && NO_REASON.has(draft.reason) && (order.state === 'delivered' || order.state === 'completed')) steps.push('condition')
  if (FREE.has(kind)) steps.push('amount')
  return [...steps, 'send']
}

export function stepAfter(draft: Draft, order: Facts): Step {
  const steps = stepsOf(draft, order)
  return steps[Math.min(steps.indexOf(draft.step) + 1, steps.length - 1)] ?? 'kind'
}

export function stepBefore(draft: Draft, order: Facts): Step | null {
  const steps = stepsOf(draft, order)
  return steps[steps.indexOf(draft.step) - 1] ?? null
}

/** Whether a question has its answer. */
export function answered(step: Step, draft: Draft, order: Facts): boolean {
  switch (step) {
    case 'kind':
      return draft.kind !== null
    case 'lines':
      return order.items.some((item) => (draft.pieces[item.id] ?? 0) > 0)
    case 'reason':
      return draft.reason !== null
    case 'condition':
      return draft.condition !== null
    case 'amount':
      return draft.amountMinor !== null && draft.amountMinor > 0
    case 'send':
      return true
  }
}

/** Choosing a kind: an answer that another kind does not know is asked again; words and pictures stay. */
export function withKind(draft: Draft, kind: Kind, order: Facts, faultOnly = false): Draft {
  const reasons = reasonsFor({ kind, faultOnly })
  const kept = draft.reason !== null && reasons.includes(draft.reason) ? draft.reason : null
  const all = Object.fromEntries(order.items.map((item) => [item.id, item.quantity]))
  const asked = Object.values(draft.pieces).some((count) => count > 0)
  return { ...draft, kind, faultOnly, reason: reasons.length === 1 ? (reasons[0] ?? null) : kept, pieces: asked ? draft.pieces : all }
}

/** What is asked of the server; null while a question that decides is open. */
export function wishOf(draft: Draft, order: Facts): CaseWish | null {
  const steps = stepsOf(draft, order)
  if (!draft.kind || !steps.every((step) => answered(step, draft, order))) return null
  const lines = steps.includes('lines')
    ? order.items.flatMap((item) => {
        const quantity = draft.pieces[item.id] ?? 0
        const variant = draft.variants[item.id]
        if (quantity <= 0) return []
        return [{ item: item.id, quantity, ...(draft.kind === 'exchange' && variant ? { new_variant: variant } : {}) }]
      })
    : []
  return {
    kind: draft.kind,
    lines,
    reason: draft.reason ?? 'no_reason',
    condition: (steps.includes('condition') && draft.condition) || 'unknown',
    ...(steps.includes('amount') ? { asked_minor: draft.amountMinor } : {}),
  }
}

/** The same with what only a person reads, and the key that makes sending twice harmless. */
export function finished(draft: Draft, order: Facts): CaseWish | null {
  const wish = wishOf(draft, order)
  return wish && { ...wish, text: draft.text.trim(), files: draft.files.map((file) => file.id), client_id: draft.clientId }
}

export type Way = { is: 'draft'; draft: Draft } | { is: 'cancel' } | { is: 'chat' } | { is: 'people' }

const SAME: ReadonlySet<string> = new Set<Kind>(['refund_before_dispatch', 'refund_only', 'return_refund', 'partial_refund', 'repair', 'exchange', 'resend', 'price_difference', 'freight_compensation'])

/** Where a word of "still possible" leads; null for one this page does not know. */
export function wayOf(word: string, draft: Draft, order: Facts): Way | null {
  const restart = (kind: Kind, faultOnly = false): Way => {
    const next = withKind({ ...draft, reason: faultOnly ? null : draft.reason }, kind, order, faultOnly)
    const open = stepsOf(next, order).find((step) => !answered(step, next, order))
    return { is: 'draft', draft: { ...next, step: open ?? 'send' } }
  }
  if (word === 'cancel') return { is: 'cancel' }
  if (word === 'agreement' || word === 'deduction') return { is: 'chat' }
  if (word === 'platform') return { is: 'people' }
  if (word === 'warranty') return restart('repair', true)
  if (word === 'quality_claim') return restart(draft.kind ?? 'return_refund', true)
  return SAME.has(word) ? restart(word as Kind) : null
}
