/** A red packet as it stands in a conversation. Pure. */
import type { Grant } from '../wire'

export interface PacketFacts {
  kind: 'red_packet'
  id: string
  /** The number of the order it belongs to. */
  title: string
  order_id: string
  purpose: Grant['purpose']
  amount_minor: number
  currency: string
  due_at?: string
}

/** The red packet in the body of an entry; null for every other body. */
export function packetOf(body: Readonly<Record<string, unknown>>): PacketFacts | null {
  const card = body.card as Partial<PacketFacts> | null | undefined
  return card?.kind === 'red_packet' && typeof card.id === 'string' && typeof card.amount_minor === 'number' ? (card as PacketFacts) : null
}

/** What may be said to one who looks at it: whether it waits, was taken, or went back. */
export function standOf(state: Grant['state'] | undefined): 'waiting' | 'taken' | 'returned' {
  if (state === undefined || state === 'waiting' || state === 'made') return 'waiting'
  return state === 'returned' || state === 'undone' ? 'returned' : 'taken'
}
