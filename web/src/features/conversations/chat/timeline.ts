/** The buyer's timeline: entries by version, his unsent words behind them, days between. Pure. */
import type { Entry } from '@/api/wire'
import type { OutboxItem } from '@/realtime'

export interface Marks {
  /** How far the shop has read, and how far its screens have received. */
  read: number
  delivered: number
}

export interface Timeline {
  entries: readonly Entry[]
  /** Older entries may still be fetched. */
  more: boolean
}

export type Line =
  | { is: 'day'; key: string; at: number }
  | { is: 'entry'; key: string; entry: Entry; mine: boolean; mark: 'sent' | 'delivered' | 'read' | null }
  | { is: 'echo'; key: string; item: OutboxItem }

export const EMPTY: Timeline = { entries: [], more: false }

/** Adds entries in any order, each version once; a recall takes the words of what it recalls. */
export function merged(timeline: Timeline, added: readonly Entry[], more = timeline.more): Timeline {
  if (added.length === 0 && more === timeline.more) return timeline
  const byVersion = new Map(timeline.entries.map((entry) => [entry.version, entry]))
  for (const entry of added) byVersion.set(entry.version, entry)
  for (const entry of added) {
    if (entry.kind !== 'recall') continue
    const target = Number(entry.body.recalls ?? 0)
    const hidden = byVersion.get(target)
    if (hidden) byVersion.set(target, { ...hidden, recalled: true, text: '', body: {} })
  }
  return { entries: [...byVersion.values()].sort((one, other) => one.version - other.version), more }
}

export function lastVersion(timeline: Timeline): number {
  return timeline.entries.at(-1)?.version ?? 0
}

/** How many words of the other side came after this version. */
export function unreadAfter(timeline: Timeline, version: number): number {
  return timeline.entries.filter((entry) => entry.version > version && entry.role !== 'buyer' && entry.kind !== 'recall' && entry.kind !== 'system').length
}

/** What is drawn, in order: a recall is shown in the place of what it recalls. */
export function lines(timeline: Timeline, outbox: readonly OutboxItem[], marks: Marks): Line[] {
  const drawn: Line[] = []
  let day = ''
  for (const entry of timeline.entries) {
    if (entry.kind === 'recall') continue
    const at = Date.parse(entry.at)
    const today = new Date(at).toDateString()
    if (today !== day) {
      day = today
      drawn.push({ is: 'day', key: `day-${entry.version}`, at })
    }
    const mine = entry.role === 'buyer'
    drawn.push({ is: 'entry', key: entry.id, entry, mine, mark: mine ? markOf(entry.version, marks) : null })
  }
  const sent = new Set(timeline.entries.map((entry) => entry.client_id))
  for (const item of outbox) {
    if (!sent.has(item.wish.client_id)) drawn.push({ is: 'echo', key: item.wish.client_id, item })
  }
  return drawn
}

function markOf(version: number, { read, delivered }: Marks): 'sent' | 'delivered' | 'read' {
  if (version <= read) return 'read'
  return version <= delivered ? 'delivered' : 'sent'
}

/** Minutes for a person, from an honest estimate in seconds. */
export function minutes(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / 60))
}
