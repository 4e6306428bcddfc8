/** Which conversations stand in which list, and in which order: pure. */
import type { Summary } from '../wire'

export const VIEWS = ['mine', 'queue', 'snoozed', 'mentions', 'all', 'closed'] as const
export type View = (typeof VIEWS)[number]

/** Lists whose order is known here; the others come in the server's order. */
export function isSorted(view: View): boolean {
  return view === 'mine' || view === 'queue' || view === 'snoozed'
}

export function belongs(view: View, summary: Summary, me: string): boolean {
  switch (view) {
    case 'mine':
      return summary.state === 'assigned' && summary.assignee?.id === me
    case 'queue':
      return summary.state === 'queued'
    case 'snoozed':
      return summary.state === 'snoozed' && summary.assignee?.id === me
    case 'closed':
      return summary.state === 'closed'
    case 'all':
      return summary.state !== 'merged'
    case 'mentions':
      return true
  }
}

/** What breaches first stands first; then who has waited longest; then what was spoken of last. */
export function byUrgency(a: Summary, b: Summary): number {
  return (
    earlier(a.reply_due_at, b.reply_due_at) ||
    earlier(a.waiting_since, b.waiting_since) ||
    earlier(b.last_at ?? '', a.last_at ?? '') ||
    a.id.localeCompare(b.id)
  )
}

/** What wakes first stands first. */
export function byWaking(a: Summary, b: Summary): number {
  return earlier(a.snoozed_until, b.snoozed_until) || byUrgency(a, b)
}

/** Moments as the server writes them compare as instants; none stands last. */
function earlier(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (!a) return 1
  if (!b) return -1
  return Date.parse(a) - Date.parse(b)
}

export function sorted(view: View, known: Iterable<Summary>, me: string): Summary[] {
  const fitting = [...known].filter((summary) => belongs(view, summary, me))
  return fitting.toSorted(view === 'snoozed' ? byWaking : byUrgency)
}

/**
 * The order that is shown. While somebody points at the list nothing in it moves: what has left keeps its
 * line, and what has come stands at the end until he looks away.
 */
export function arrange(wanted: readonly string[], shown: readonly string[], held: boolean): readonly string[] {
  if (!held) return same(wanted, shown) ? shown : wanted
  const here = new Set(shown)
  const arrived = wanted.filter((id) => !here.has(id))
  return arrived.length === 0 ? shown : [...shown, ...arrived]
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, place) => id === b[place])
}
