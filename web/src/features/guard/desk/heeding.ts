/** What became of the guard's suggestions for one message: taken, the words changed otherwise, or nothing. */
import { api, type Body } from '@/api'
import { type Finding, toTell, wordsOf } from './findings'

type Told = Body<'/api/v1/shops/{shop}/guard/told', 'post'>['told'][number]

export interface Offered {
  kind: string
  row: string
  words: string
  suggestion: string
  taken: boolean
}

const MOST = 20

/** By the last words before they went out or were given up. */
export function answered(offered: readonly Offered[], last: string): Told[] {
  return offered.slice(0, MOST).map(({ kind, row, words, suggestion, taken }) => ({
    kind: kind as Told['kind'],
    row,
    answer: taken && last.includes(suggestion) ? 'taken' : words !== '' && last.includes(words) ? 'ignored' : 'edited',
  }))
}

/** The suggestions of a draft: those that came again are one. */
export function withFindings(offered: readonly Offered[], text: string, findings: readonly Finding[]): Offered[] {
  const known = new Set(offered.map((one) => `${one.row} ${one.words}`))
  const fresh = toTell(findings)
    .filter((one) => one.suggestion !== '')
    .map((one) => ({ kind: one.kind, row: one.row, words: wordsOf(text, one), suggestion: one.suggestion, taken: false }))
    .filter((one) => !known.has(`${one.row} ${one.words}`))
  return [...offered, ...fresh]
}

const drafts = new Map<string, Offered[]>()

/** These findings are before somebody's eyes. */
export function told(conversation: string, text: string, findings: readonly Finding[]): void {
  drafts.set(conversation, withFindings(drafts.get(conversation) ?? [], text, findings))
}

/** A suggestion was taken by its button; null: all of them. */
export function took(conversation: string, finding: Pick<Finding, 'row' | 'suggestion'> | null): void {
  for (const one of drafts.get(conversation) ?? []) {
    if (finding === null || (one.row === finding.row && one.suggestion === finding.suggestion)) one.taken = true
  }
}

/** The words went out, or were given up: a small write beside, which nobody waits for. */
export function settled(shop: string, conversation: string, last: string): void {
  const offered = drafts.get(conversation)
  drafts.delete(conversation)
  if (!offered || offered.length === 0) return
  api.POST('/api/v1/shops/{shop}/guard/told', { params: { path: { shop } }, body: { told: answered(offered, last) } }).catch(() => {}) // only a figure
}
