/** What an officer may choose from; the tables of the server decide what follows. */
import type { NewPenalty } from './wire'

type Offence = NewPenalty['offence']
type Grade = NewPenalty['grade']

export const OFFENCES = [
  'abuse',
  'fake_goods',
  'helping_fakes',
  'improper_information_use',
  'property_fraud',
  'account_theft',
  'disturbing_order',
  'improper_gain',
  'prohibited_goods',
  'spam_information',
  'late_dispatch',
  'review_manipulation',
  'pressure',
  'malicious_complaint',
  'forged_evidence',
] as const satisfies readonly Offence[]

export const CIRCUMSTANCES = ['review', 'apology', 'minor_victim', 'disabled_victim', 'pregnant_victim', 'elderly_victim', 'group', 'provoked'] as const satisfies readonly NonNullable<
  NewPenalty['circumstances']
>[number][]

/** The grades a violation has: abuse may come to nothing or be withdrawn, other violations may be minor. */
export function gradesOf(offence: Offence): readonly Grade[] {
  return offence === 'abuse' ? ['none', 'withdrawn', 'general', 'serious', 'especially_serious'] : ['minor', 'general', 'serious', 'especially_serious']
}

/** Evidence numbers as they were written into one field. */
export function numbersOf(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))]
}
