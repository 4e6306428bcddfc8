/** Things of the wire for tests. */
import type { ConversationChanged, Entry, EntryAdded, ServedChanged, StaffLine, Summary } from './wire'

export const ME = 'me'

export function summary(id: string, more: Partial<Summary> = {}): Summary {
  return {
    id,
    shop_id: 'shop',
    buyer: { id: `buyer of ${id}`, name: id, visitor: false, language: 'zh-Hans' },
    language: 'zh-Hans',
    state: 'assigned',
    consultation: 1,
    queue_id: null,
    queue_name: null,
    assignee: { id: ME, name: 'Me' },
    version: 3,
    desk_version: 1,
    opened_at: '2026-11-22T02:00:00Z',
    queued_at: null,
    waiting_since: null,
    reply_due_at: null,
    reply_warn_at: null,
    snoozed_until: null,
    closed_at: null,
    last_at: '2026-11-22T02:00:00Z',
    last_text: 'hello',
    last_kind: 'text',
    last_role: 'buyer',
    unread: 0,
    read: 3,
    buyer_read: 0,
    buyer_delivered: 0,
    merged_into: null,
    tags: [],
    deeds: [],
    ...more,
  }
}

export function entry(version: number, more: Partial<Entry> = {}): Entry {
  return {
    conversation_id: 'c',
    version,
    id: `e${version}`,
    client_id: null,
    role: 'buyer',
    person_id: 'buyer',
    name: 'Buyer',
    kind: 'text',
    text: `text ${version}`,
    body: {},
    at: new Date(Date.UTC(2026, 10, 22, 2, version)).toISOString(),
    consultation: 1,
    recalled: false,
    ...more,
  }
}

export function staffLine(version: number, after: number, more: Partial<StaffLine> = {}): StaffLine {
  return {
    conversation_id: 'c',
    version,
    id: `s${version}`,
    kind: 'note',
    person_id: ME,
    name: 'Me',
    text: `note ${version}`,
    mentions: [],
    after_version: after,
    body: {},
    at: new Date(Date.UTC(2026, 10, 22, 2, after, 30)).toISOString(),
    ...more,
  }
}

export function changed(id: string, more: Partial<ConversationChanged> = {}): ConversationChanged {
  return {
    tenant: 't',
    at: '2026-11-22T02:00:00Z',
    version: null,
    shop: 'shop',
    conversation: id,
    state: 'assigned',
    consultation: 1,
    queue: null,
    assignee: ME,
    entry_version: 3,
    desk_version: 2,
    waiting_since: null,
    reply_due_at: null,
    snoozed_until: null,
    last_at: '2026-11-22T02:00:00Z',
    ...more,
  }
}

export function served(id: string, more: Partial<ServedChanged> = {}): ServedChanged {
  const { consultation: _consultation, queue: _queue, ...shared } = changed(id)
  return {
    ...shared,
    assignee: ME,
    reply_warn_at: null,
    last_text: 'words',
    last_kind: 'text',
    last_role: 'buyer',
    unread: 1,
    ...more,
  }
}

export function entryAdded(added: Entry, more: Partial<EntryAdded> = {}): EntryAdded {
  return {
    tenant: 't',
    at: added.at,
    version: added.version,
    conversation: added.conversation_id,
    entry: added,
    waiting_since: null,
    reply_due_at: null,
    reply_warn_at: null,
    ...more,
  }
}
