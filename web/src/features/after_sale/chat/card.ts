/** A case as it stands in a conversation, and which of its cards is the living one. Pure. */

export interface CaseFacts {
  kind: 'case'
  id: string
  title: string
  case_kind: string
  event: string
  state: string
  order_number: string
  amount_minor: number
  currency: string
  case_version: number
  due_at?: string
}

/** The card of a case among the bodies of entries; null for every other body. */
export function caseOf(body: Readonly<Record<string, unknown>>): CaseFacts | null {
  const card = body.card as Partial<CaseFacts> | null | undefined
  if (card?.kind !== 'case' || typeof card.id !== 'string' || typeof card.case_version !== 'number') return null
  return card as CaseFacts
}

/** Of several cards of one case the newest lives; the others tell what was. */
export function isNewest(card: CaseFacts, bodies: readonly Readonly<Record<string, unknown>>[]): boolean {
  return bodies.every((body) => {
    const other = caseOf(body)
    return !other || other.id !== card.id || other.case_version <= card.case_version
  })
}
