/** What was filled in, as what is asked of the order side. Pure. */
import type { ServerDeed } from '@/ui/nextActions'
import type { Address, Order } from './server'

export const CHANGES = ['cancel', 'address', 'items', 'payment'] as const
export type Change = (typeof CHANGES)[number]

/** What may be asked of an order before dispatch, as deeds; what is no longer possible at all is told by one word, not four closed buttons. */
export function changeDeeds({ changes }: Pick<Order, 'changes'>): ServerDeed[] {
  return changes.flatMap(({ kind, possible, code }) => (isChange(kind) ? [{ deed: kind, allowed: possible, code: code ?? null }] : []))
}

function isChange(kind: string): kind is Change {
  return (CHANGES as readonly string[]).includes(kind)
}

/** The parts that are filled in, without spaces around them. */
export function cleanAddress(parts: Readonly<Record<string, string | undefined>>): Address {
  return Object.fromEntries(Object.entries(parts).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : [])))
}

/** Items for which another variant was chosen. */
export function newItems(chosen: Readonly<Record<string, string | null | undefined>>): { item: string; new_variant: string }[] {
  return Object.entries(chosen).flatMap(([item, variant]) => (variant ? [{ item, new_variant: variant }] : []))
}
