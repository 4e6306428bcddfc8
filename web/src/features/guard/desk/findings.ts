/** What the guard found in words, in the places of JavaScript strings. Pure. */

export type Verdict = 'pass' | 'hint' | 'rewrite' | 'block'

/** As the server says it; places count code points. */
export interface Finding {
  kind: string
  row: string
  start: number
  end: number
  basis: string
  suggestion: string
  reason: string
  verdict: Verdict
  cut_start: number
  cut_end: number
}

export interface Review {
  verdict: Verdict
  findings: readonly Finding[]
  /** The text with every suggestion taken. */
  text: string
}

export interface Range {
  start: number
  end: number
  verdict: Verdict
}

const WEIGHT: Record<Verdict, number> = { pass: 0, hint: 1, rewrite: 2, block: 3 }

/** A message that must be changed first. */
export function isHeld(verdict: Verdict): boolean {
  return WEIGHT[verdict] >= WEIGHT.rewrite
}

/** Place of the nth code point in a string; the string's length when it has fewer. */
export function placeOf(text: string, codePoint: number): number {
  let place = 0
  for (let count = 0; count < codePoint && place < text.length; count += 1) {
    const code = text.codePointAt(place) ?? 0
    place += code > 0xffff ? 2 : 1
  }
  return place
}

/** What to underline, in order and without overlaps: the graver finding wins a place. */
export function rangesOf(text: string, findings: readonly Finding[]): Range[] {
  const ranges = findings
    .filter((finding) => finding.verdict !== 'pass' && finding.end > finding.start)
    .map((finding) => ({ start: placeOf(text, finding.start), end: placeOf(text, finding.end), verdict: finding.verdict }))
    .toSorted((a, b) => WEIGHT[b.verdict] - WEIGHT[a.verdict] || a.start - b.start)
  const taken: Range[] = []
  for (const range of ranges) {
    if (taken.every((other) => range.end <= other.start || range.start >= other.end)) taken.push(range)
  }
  return taken.toSorted((a, b) => a.start - b.start)
}

/** The findings one should read, the gravest first. */
export function toTell(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.verdict !== 'pass').toSorted((a, b) => WEIGHT[b.verdict] - WEIGHT[a.verdict] || a.start - b.start)
}

/** The words a finding is about. */
export function wordsOf(text: string, finding: Pick<Finding, 'start' | 'end'>): string {
  return text.slice(placeOf(text, finding.start), placeOf(text, finding.end))
}

/** The text with one suggestion taken. */
export function rewriteOne(text: string, finding: Finding): string {
  return text.slice(0, placeOf(text, finding.cut_start)) + finding.suggestion + text.slice(placeOf(text, finding.cut_end))
}

/** Findings of a refused message, from the facts of its refusal. */
export function findingsIn(facts: Readonly<Record<string, unknown>>): Finding[] {
  const { findings } = facts
  return Array.isArray(findings) ? (findings as Finding[]) : []
}
