/** A what-if over a month is asked in slices, so that one sees it go on; the answers add up. */
import type { Replayed } from '../tables'

const DAY_MS = 86_400_000

export interface Slice {
  since: Date
  until: Date
}

/** Spans without gaps from `days` ago until now, the newest first. */
export function slices(now: Date, days: number, each: number): Slice[] {
  const found: Slice[] = []
  const start = now.getTime() - days * DAY_MS
  for (let until = now.getTime(); until > start; until -= each * DAY_MS) {
    found.push({ since: new Date(Math.max(start, until - each * DAY_MS)), until: new Date(until) })
  }
  return found
}

export const NOTHING: Replayed = { decisions: 0, changed: 0, rows: [], differences: [] }

/** Two answers as one: counts add up; equal questions with equal answers are one line. */
export function together(one: Replayed, other: Replayed): Replayed {
  const rows = new Map(one.rows.map((row) => [row.row, row]))
  for (const row of other.rows) {
    const known = rows.get(row.row)
    rows.set(row.row, known ? { row: row.row, before: known.before + row.before, after: known.after + row.after } : row)
  }
  const lines = new Map(one.differences.map((line) => [key(line), line]))
  for (const line of other.differences) {
    const known = lines.get(key(line))
    lines.set(key(line), known ? { ...known, count: known.count + line.count } : line)
  }
  return {
    decisions: one.decisions + other.decisions,
    changed: one.changed + other.changed,
    rows: [...rows.values()].sort((a, b) => (a.row < b.row ? -1 : 1)),
    differences: [...lines.values()].sort((a, b) => b.count - a.count),
  }
}

function key({ inputs, row_before, row_after, outcome_before }: Replayed['differences'][number]): string {
  return JSON.stringify([Object.entries(inputs).sort(), row_before, row_after, Object.entries(outcome_before).sort()])
}
