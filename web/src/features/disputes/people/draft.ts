/** A ruling on its way from draft to wish: what the editor holds, and what it sends. Pure. */
import { decimalString, fractionDigits, parseMoney } from '@/ui/money'
import { type Draft, type RulingWish, WITH_MONEY } from '../parts/wire'

type RuledIssue = RulingWish['issues'][number]
type Penalty = NonNullable<RulingWish['penalty']>

export interface EditedIssue extends Omit<RuledIssue, 'amount_minor'> {
  amount: string
}

export interface Edited {
  issues: readonly EditedIssue[]
  facts: string
  /** Why an exhibit is not used; one that is not named here is used. */
  unused: Readonly<Record<string, string>>
  freight: string
  text: string
  offence: Penalty['offence'] | ''
  grade: Penalty['grade']
}

export function editedFrom(draft: Draft, currency: string): Edited {
  const { wish } = draft
  return {
    issues: wish.issues.map(({ amount_minor: minor, ...issue }) => ({ ...issue, amount: minor ? decimalString(BigInt(minor), fractionDigits(currency)) : '' })),
    facts: wish.facts_found.join('\n'),
    unused: Object.fromEntries((wish.refused ?? []).map(({ exhibit, why }) => [exhibit, why])),
    freight: '',
    text: wish.text,
    offence: wish.penalty?.offence ?? '',
    grade: wish.penalty?.grade ?? 'general',
  }
}

export interface Known {
  currency: string
  exhibits: readonly { id: string }[]
  respondent: { kind: 'person' | 'shop' | 'marketplace'; id: string }
}

/** What the editor would send, or null while something is missing or no sum. */
export function wishOf(edited: Edited, known: Known): RulingWish | null {
  const issues: RuledIssue[] = []
  for (const { amount, ...issue } of edited.issues) {
    const minor = WITH_MONEY.has(issue.outcome) ? parseMoney(amount, known.currency) : null
    if (WITH_MONEY.has(issue.outcome) && (minor === null || minor <= 0)) return null
    issues.push({ ...issue, amount_minor: minor })
  }
  const facts = edited.facts.split('\n').map((line) => line.trim()).filter(Boolean)
  const freight = edited.freight.trim() === '' ? 0 : parseMoney(edited.freight, known.currency)
  const unexplained = Object.values(edited.unused).some((why) => why.trim() === '')
  if (facts.length === 0 || freight === null || freight < 0 || unexplained || edited.text.trim() === '') return null
  const { kind, id } = known.respondent
  const penalty: Penalty | null = edited.offence && kind !== 'marketplace' ? { subject_kind: kind, subject: id, offence: edited.offence, grade: edited.grade } : null
  return {
    issues,
    facts_found: facts,
    used: known.exhibits.filter((one) => edited.unused[one.id] === undefined).map((one) => one.id),
    refused: Object.entries(edited.unused).map(([exhibit, why]) => ({ exhibit, why: why.trim() })),
    money: freight > 0 ? [{ kind: 'freight', payer: 'shop', amount_minor: freight }] : [],
    text: edited.text.trim(),
    ...(penalty ? { penalty } : {}),
  }
}

/** Every issue as not proved: not enough evidence is an outcome, too. */
export function notProved(edited: Edited): Edited {
  return { ...edited, issues: edited.issues.map((issue) => ({ ...issue, outcome: 'not_proved', favour: 'none', amount: '' })) }
}
