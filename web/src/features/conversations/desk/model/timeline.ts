/** One conversation as the desk shows it: a stretch of entries, staff lines beside it, read marks. Pure. */
import type { Entry, Guarded, Side, StaffLine } from '../wire'

export interface Timeline {
  /** Without gaps, ascending. */
  entries: readonly Entry[]
  /** The highest version heard of; more than the last entry's while an older stretch is shown. */
  newest: number
  /** There is something before the first entry. */
  older: boolean
  /** Ascending by their own version. */
  staff: readonly StaffLine[]
  buyerRead: number
  buyerDelivered: number
}

export const EMPTY_TIMELINE: Timeline = { entries: [], newest: 0, older: false, staff: [], buyerRead: 0, buyerDelivered: 0 }

export function lastVersion(timeline: Timeline): number {
  return timeline.entries.at(-1)?.version ?? 0
}

export function firstVersion(timeline: Timeline): number {
  return timeline.entries[0]?.version ?? timeline.newest + 1
}

/** The shown stretch reaches the newest entry. */
export function isAttached(timeline: Timeline): boolean {
  return lastVersion(timeline) >= timeline.newest
}

/** Another stretch takes the place of the shown one (the first load, a jump). */
export function withStretch(timeline: Timeline, entries: readonly Entry[], newest: number): Timeline {
  const ordered = inOrder(entries)
  const last = ordered.at(-1)?.version ?? 0
  return markRecalls({
    ...timeline,
    entries: ordered,
    older: (ordered[0]?.version ?? 1) > 1,
    newest: Math.max(newest, last),
  })
}

export function withOlder(timeline: Timeline, entries: readonly Entry[], more: boolean): Timeline {
  const first = firstVersion(timeline)
  const before = inOrder(entries).filter((entry) => entry.version < first)
  return markRecalls({ ...timeline, entries: [...before, ...timeline.entries], older: more && before[0]?.version !== 1 })
}

export function withNewer(timeline: Timeline, entries: readonly Entry[]): Timeline {
  return inOrder(entries).reduce(withEntry, timeline)
}

/** A new entry joins the stretch only where it continues it; elsewhere it is only heard of. */
export function withEntry(timeline: Timeline, entry: Entry): Timeline {
  const newest = Math.max(timeline.newest, entry.version)
  const last = lastVersion(timeline)
  if (entry.version <= last || (last > 0 && entry.version !== last + 1)) return { ...timeline, newest }
  if (last === 0 && timeline.newest >= entry.version) return { ...timeline, newest }
  return markRecalls({ ...timeline, newest, entries: [...timeline.entries, entry] })
}

export function withStaff(timeline: Timeline, lines: readonly StaffLine[]): Timeline {
  const byVersion = new Map(timeline.staff.map((line) => [line.version, line]))
  for (const line of lines) byVersion.set(line.version, line)
  if (byVersion.size === timeline.staff.length) return timeline
  return { ...timeline, staff: [...byVersion.values()].toSorted((a, b) => a.version - b.version) }
}

export function withGuard(timeline: Timeline, version: number, guard: Guarded): Timeline {
  const entries = timeline.entries.map((entry) => (entry.version === version ? { ...entry, guard } : entry))
  return { ...timeline, entries }
}

/** Marks only go forward. */
export function withSeen(timeline: Timeline, side: Side, read: number, delivered: number): Timeline {
  if (side !== 'buyer') return timeline
  return {
    ...timeline,
    buyerRead: Math.max(timeline.buyerRead, read),
    buyerDelivered: Math.max(timeline.buyerDelivered, delivered, read),
  }
}

export function staffVersion(timeline: Timeline): number {
  return timeline.staff.at(-1)?.version ?? 0
}

/** Which entry a recall takes back. */
export function recalledBy(entry: Entry): number | null {
  const target = entry.body.recalls ?? entry.body.version
  return entry.kind === 'recall' && typeof target === 'number' ? target : null
}

function markRecalls(timeline: Timeline): Timeline {
  const recalled = new Set(timeline.entries.map(recalledBy).filter((version) => version !== null))
  if (recalled.size === 0) return timeline
  const entries = timeline.entries.map((entry) =>
    recalled.has(entry.version) && !entry.recalled ? { ...entry, recalled: true } : entry,
  )
  return { ...timeline, entries }
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.version - b.version)
}
