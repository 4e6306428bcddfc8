/** A timeline as lines to draw: entries and staff lines merged, days and consultations set apart. Pure. */
import type { OutboxItem } from '@/realtime'
import { dayOf } from '@/ui/time'
import type { HeldMessage } from '../data/holding'
import type { Entry, StaffLine } from '../wire'
import { isAttached, type Timeline } from './timeline'

export type Delivery = 'sent' | 'delivered' | 'read'

export type Line =
  | { is: 'day'; key: string; at: string }
  | { is: 'consultation'; key: string; number: number }
  | { is: 'unread'; key: string }
  | { is: 'entry'; key: string; entry: Entry; opens: boolean; delivery: Delivery | null; newest: boolean }
  | { is: 'staff'; key: string; line: StaffLine }
  | { is: 'run'; key: string; lines: StaffLine[] }
  | { is: 'echo'; key: string; item: OutboxItem }
  | { is: 'held'; key: string; held: HeldMessage }

export interface LineOptions {
  outbox: readonly OutboxItem[]
  held?: HeldMessage | null
  zone?: string
  /** The last entry that was read when the conversation was opened; a line shows where the new ones begin. */
  readUntil?: number | null
}

/** Messages of one person within this time stand together under one name. */
const TOGETHER_MS = 3 * 60_000

export function linesOf(timeline: Timeline, options: LineOptions): Line[] {
  const lines: Line[] = []
  const staff = staffWithin(timeline)
  const last = lastOfCases(timeline.entries)
  let place = 0
  let day = ''
  let before: Entry | null = null
  let unread = options.readUntil ?? null

  const startDay = (at: string) => {
    const next = dayOf(Date.parse(at), options.zone)
    // Days only go forward; a staff line's clock may be a little ahead of an entry's.
    if (next <= day) return
    day = next
    lines.push({ is: 'day', key: `day ${next}`, at })
  }
  const pushStaff = (until: number) => {
    for (let line = staff[place]; line && line.after_version < until; line = staff[place]) {
      place += 1
      startDay(line.at)
      pushHappened(lines, line)
      before = null
    }
  }

  for (const entry of timeline.entries) {
    pushStaff(entry.version)
    if (entry.kind === 'recall') continue
    startDay(entry.at)
    if (before !== null || entry.version > 1) {
      const above = lastEntry(lines)
      if (above && above.consultation !== entry.consultation) {
        lines.push({ is: 'consultation', key: `consultation ${entry.version}`, number: entry.consultation })
        before = null
      }
    }
    if (unread !== null && entry.version > unread && entry.role === 'buyer') {
      lines.push({ is: 'unread', key: 'unread' })
      unread = null
      before = null
    }
    lines.push({ is: 'entry', key: keyOf(entry), entry, opens: !together(before, entry), delivery: deliveryOf(entry, timeline), newest: last.has(entry.version) })
    before = entry
  }
  if (isAttached(timeline)) {
    pushStaff(Number.POSITIVE_INFINITY)
    lines.push(...echoes(timeline, options.outbox))
    const { held } = options
    if (held) lines.push({ is: 'held', key: `echo ${held.wish.client_id}`, held })
  }
  return lines
}

const PASSED: ReadonlySet<string> = new Set(['assigned', 'taken_back', 'released'])

/** Where nobody attends it is taken and given back again and again: what stands before the last of these is one line. */
function pushHappened(lines: Line[], line: StaffLine): void {
  const above = lines.at(-1)
  const before = lines.at(-2)
  if (isPassed(line) && above?.is === 'staff' && isPassed(above.line)) {
    if (before?.is === 'run') {
      before.lines.push(above.line)
      lines.pop()
    } else if (before?.is === 'staff' && isPassed(before.line)) {
      lines.splice(-2, 2, { is: 'run', key: `run ${before.line.version}`, lines: [before.line, above.line] })
    }
  }
  lines.push({ is: 'staff', key: `staff ${line.version}`, line })
}

function isPassed(line: StaffLine): boolean {
  return PASSED.has(line.kind) && line.text === ''
}

/** The versions of those entries that are the last card of their case; every other entry speaks for itself. */
function lastOfCases(entries: readonly Entry[]): ReadonlySet<number> {
  const last = new Map<string, number>()
  for (const entry of entries) {
    const id = caseOf(entry)
    if (id !== null) last.set(id, entry.version)
  }
  return new Set(last.values())
}

function caseOf(entry: Entry): string | null {
  const card = entry.kind === 'card' ? (entry.body.card as { kind?: unknown; id?: unknown } | undefined) : undefined
  return card?.kind === 'case' && typeof card.id === 'string' ? card.id : null
}

/** A message keeps its line from the moment it was written here. */
function keyOf(entry: Entry): string {
  return entry.client_id === null ? entry.id : `echo ${entry.client_id}`
}

/** Staff lines that were written beside the shown stretch. */
function staffWithin({ entries, older, staff }: Timeline): readonly StaffLine[] {
  const first = entries[0]?.version
  return older && first !== undefined ? staff.filter((line) => line.after_version >= first - 1) : staff
}

/** What is on its way, until the entry it became is here. */
function echoes(timeline: Timeline, outbox: readonly OutboxItem[]): Line[] {
  const arrived = new Set(timeline.entries.slice(-200).map((entry) => entry.client_id))
  return outbox
    .filter((item) => !arrived.has(item.wish.client_id))
    .map((item) => ({ is: 'echo', key: `echo ${item.wish.client_id}`, item }))
}

function lastEntry(lines: readonly Line[]): Entry | null {
  const found = lines.findLast((line) => line.is === 'entry')
  return found?.is === 'entry' ? found.entry : null
}

function together(before: Entry | null, entry: Entry): boolean {
  if (!before || entry.kind === 'system' || before.kind === 'system') return false
  const same = before.role === entry.role && before.person_id === entry.person_id
  return same && Date.parse(entry.at) - Date.parse(before.at) < TOGETHER_MS
}

export function deliveryOf(entry: Entry, { buyerRead, buyerDelivered }: Timeline): Delivery | null {
  if (entry.role === 'buyer' || entry.kind === 'system' || entry.recalled) return null
  if (entry.version <= buyerRead) return 'read'
  return entry.version <= buyerDelivered ? 'delivered' : 'sent'
}
