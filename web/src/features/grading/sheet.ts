/** A sheet as it is being filled in: rows of steps and parts, and what is still missing. */
import type { PartName, Sheet, StepName } from './wire'

export const STEPS = ['greet', 'confirm', 'solve', 'explain', 'feelings', 'close'] as const satisfies readonly StepName[]
export const PARTS = ['guard', 'answers', 'promises', 'tone', 'accuracy', 'reviews'] as const satisfies readonly PartName[]
export type RowName = (typeof STEPS)[number] | (typeof PARTS)[number]

/** `points`: undefined is not filled in yet, null is "not called for" or "nothing to assess". */
export interface Row {
  points: number | null | undefined
  evidence: string
  remark: string
}

export interface Draft {
  rows: Readonly<Record<RowName, Row>>
  redLine: boolean
  remark: string
}

const EMPTY: Row = { points: undefined, evidence: '', remark: '' }
const FULL = 100

export const blank: Draft = {
  rows: Object.fromEntries([...STEPS, ...PARTS].map((name) => [name, EMPTY])) as Draft['rows'],
  redLine: false,
  remark: '',
}

export const isStep = (name: RowName): name is StepName & (typeof STEPS)[number] => (STEPS as readonly string[]).includes(name)

/** The message numbers in what was typed, in order and once each. */
export function versionsOf(text: string): number[] {
  const found = text.match(/\d+/g) ?? []
  return [...new Set(found.map(Number))].filter((one) => one > 0).toSorted((one, other) => one - other)
}

/** The draft with a message added to a row's evidence, or taken out when it was there. */
export function toggled(draft: Draft, name: RowName, version: number): Draft {
  const known = versionsOf(draft.rows[name].evidence)
  const next = known.includes(version) ? known.filter((one) => one !== version) : versionsOf([...known, version].join(' '))
  return changed(draft, name, { evidence: next.join(' ') })
}

export const changed = (draft: Draft, name: RowName, change: Partial<Row>): Draft => ({
  ...draft,
  rows: { ...draft.rows, [name]: { ...draft.rows[name], ...change } },
})

/** Whether a row must name a message: points for a step, points missing from a part. */
export function wantsEvidence(name: RowName, { points, evidence }: Row): boolean {
  if (typeof points !== 'number' || versionsOf(evidence).length > 0) return false
  return isStep(name) ? points > 0 : points < FULL
}

/** The rows that are not ready to be sent. */
export const missing = (draft: Draft): RowName[] =>
  [...STEPS, ...PARTS].filter((name) => draft.rows[name].points === undefined || wantsEvidence(name, draft.rows[name]))

/** What is sent; only when nothing is missing. */
export function wireOf({ rows, redLine, remark }: Draft): Sheet {
  return {
    steps: STEPS.map((step) => ({ step, points: stepPoints(rows[step].points), versions: versionsOf(rows[step].evidence), remark: rows[step].remark })),
    parts: PARTS.map((part) => ({ part, points: rows[part].points ?? null, versions: versionsOf(rows[part].evidence), remark: rows[part].remark })),
    red_line: redLine,
    remark,
  }
}

const stepPoints = (points: number | null | undefined) => (points === 0 || points === 1 || points === 2 ? points : null)
