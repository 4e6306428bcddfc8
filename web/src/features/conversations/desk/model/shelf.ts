/** What the desk knows of conversations, kept fresh by news: pure. */
import type { ConversationChanged, EntryAdded, Seen, ServedChanged, Summary } from '../wire'

export interface Shelf {
  byId: ReadonlyMap<string, Summary>
  /** Must be asked for: they concern me and are unknown, or their words are out of date. */
  missing: ReadonlySet<string>
  /** Counts what may have entered the queue unseen, so that its list is asked for again. */
  queueNews: number
}

export type ShelfNews =
  | { is: 'changed'; body: ConversationChanged }
  | { is: 'served'; body: ServedChanged }
  | { is: 'entry'; body: EntryAdded }
  | { is: 'seen'; body: Seen }

export const EMPTY_SHELF: Shelf = { byId: new Map(), missing: new Set(), queueNews: 0 }

/** Takes over what the server said; an answer older than what is known changes nothing. */
export function put(shelf: Shelf, summaries: readonly Summary[]): Shelf {
  if (summaries.length === 0) return shelf
  const byId = new Map(shelf.byId)
  const missing = new Set(shelf.missing)
  for (const summary of summaries) {
    const known = byId.get(summary.id)
    if (known && (summary.version < known.version || summary.desk_version < known.desk_version)) continue
    byId.set(summary.id, summary)
    missing.delete(summary.id)
  }
  return { ...shelf, byId, missing }
}

/** Not to be seen any more (moved out of reach). */
export function drop(shelf: Shelf, ids: readonly string[]): Shelf {
  const byId = new Map(shelf.byId)
  const missing = new Set(shelf.missing)
  for (const id of ids) {
    byId.delete(id)
    missing.delete(id)
  }
  return { ...shelf, byId, missing }
}

/** These are asked for again. */
export function doubt(shelf: Shelf, ids: readonly string[]): Shelf {
  return ids.length === 0 ? shelf : { ...shelf, missing: new Set([...shelf.missing, ...ids]) }
}

export function hear(shelf: Shelf, news: ShelfNews, me: string): Shelf {
  switch (news.is) {
    case 'changed':
      return onChanged(shelf, news.body, me)
    case 'served':
      return onServed(shelf, news.body, me)
    case 'entry':
      return onEntry(shelf, news.body)
    case 'seen':
      return onSeen(shelf, news.body)
  }
}

function onChanged(shelf: Shelf, body: ConversationChanged, me: string): Shelf {
  const known = shelf.byId.get(body.conversation)
  if (!known) {
    if (body.assignee === me) return doubt(shelf, [body.conversation])
    return body.state === 'queued' ? { ...shelf, queueNews: shelf.queueNews + 1 } : shelf
  }
  if (body.entry_version < known.version || body.desk_version < known.desk_version) return shelf
  const stranger = body.assignee !== null && body.assignee !== known.assignee?.id
  const next: Summary = {
    ...known,
    state: body.state,
    consultation: body.consultation,
    queue_id: body.queue,
    assignee: body.assignee === null ? null : { id: body.assignee, name: stranger ? '' : (known.assignee?.name ?? '') },
    version: body.entry_version,
    desk_version: body.desk_version,
    waiting_since: body.waiting_since,
    reply_due_at: body.reply_due_at,
    reply_warn_at: body.reply_due_at === known.reply_due_at ? known.reply_warn_at : null,
    snoozed_until: body.snoozed_until,
    last_at: body.last_at,
  }
  const replaced = replace(shelf, next)
  // The news has no words: new entries and new names must be asked for.
  return stranger || body.entry_version > known.version ? doubt(replaced, [known.id]) : replaced
}

function onServed(shelf: Shelf, body: ServedChanged, me: string): Shelf {
  const known = shelf.byId.get(body.conversation)
  if (!known) return body.assignee === me && isServed(body.state) ? doubt(shelf, [body.conversation]) : shelf
  if (body.entry_version < known.version || body.desk_version < known.desk_version) return shelf
  return replace(shelf, {
    ...known,
    state: body.state,
    assignee: isServed(body.state) ? known.assignee : null,
    version: body.entry_version,
    desk_version: body.desk_version,
    waiting_since: body.waiting_since,
    reply_due_at: body.reply_due_at,
    reply_warn_at: body.reply_warn_at,
    snoozed_until: body.snoozed_until,
    last_at: body.last_at,
    last_text: body.last_text,
    last_kind: body.last_kind,
    last_role: body.last_role,
    unread: body.unread,
  })
}

function onEntry(shelf: Shelf, body: EntryAdded): Shelf {
  const { entry } = body
  const known = shelf.byId.get(entry.conversation_id)
  if (!known || entry.version <= known.version) return shelf
  const clock = { waiting_since: body.waiting_since, reply_due_at: body.reply_due_at, reply_warn_at: body.reply_warn_at }
  const seen = { ...known, ...clock, version: entry.version }
  if (entry.kind === 'system') return replace(shelf, seen)
  // What a recall hides, and what is unread then, only the server can tell.
  if (entry.kind === 'recall') return doubt(replace(shelf, seen), [known.id])
  return replace(shelf, {
    ...seen,
    last_at: entry.at,
    last_text: wordsOf(body),
    last_kind: entry.kind,
    last_role: entry.role,
    unread: entry.role === 'buyer' ? known.unread + 1 : known.unread,
  })
}

function onSeen(shelf: Shelf, body: Seen): Shelf {
  const known = shelf.byId.get(body.conversation)
  if (!known) return shelf
  if (body.side === 'buyer') return replace(shelf, { ...known, buyer_read: body.read, buyer_delivered: body.delivered })
  return replace(shelf, { ...known, read: Math.max(known.read, body.read), unread: body.unread })
}

function wordsOf({ entry }: EntryAdded): string {
  if (entry.kind === 'card') return titleOf(entry.body.card, 'title')
  if (entry.kind === 'image' || entry.kind === 'file') return entry.text || titleOf(entry.body.file, 'name')
  return (entry.shown ?? entry.text).replaceAll(/\s+/g, ' ').slice(0, 80)
}

function titleOf(thing: unknown, key: string): string {
  const value = typeof thing === 'object' && thing !== null ? (thing as Record<string, unknown>)[key] : ''
  return typeof value === 'string' ? value : ''
}

function isServed(state: string): boolean {
  return state === 'assigned' || state === 'snoozed'
}

function replace(shelf: Shelf, summary: Summary): Shelf {
  return { ...shelf, byId: new Map(shelf.byId).set(summary.id, summary) }
}
