/** One conversation's timeline as the desk holds it: loaded, followed, paged, kept for a quick return. */
import { asRefusal, type Refusal } from '@/api'
import type { Realtime, TopicEvent } from '@/realtime'
import { Box } from '@/realtime/store'
import {
  EMPTY_TIMELINE,
  firstVersion,
  isAttached,
  lastVersion,
  staffVersion,
  type Timeline,
  withEntry,
  withGuard,
  withNewer,
  withOlder,
  withSeen,
  withStaff,
  withStretch,
} from '../model/timeline'
import type { At, EntriesAsk } from '../server'
import type { Entry, EntryAdded, EntryMarked, Page, Seen, StaffLine, Summary, Typing, Viewing } from '../wire'
import { keepTimeline, keptTimeline } from './keptTimelines'

export interface TimelineView {
  timeline: Timeline
  /** False until the first stretch is here. */
  ready: boolean
  error: Refusal | null
}

export interface TimelineDoors {
  summary: (at: At, signal: AbortSignal) => Promise<Summary>
  entries: (at: At, ask: EntriesAsk, signal: AbortSignal) => Promise<Page<Entry>>
  staffLines: (at: At, after: number, limit: number, signal: AbortSignal) => Promise<Page<StaffLine>>
}

export interface TimelineHearer {
  onSummary: (summary: Summary) => void
  /** How the conversation stands may have changed in a way the news does not tell. */
  onDoubt: (conversation: string) => void
}

/** What passes while one looks on. */
export interface TimelineSigns {
  onEntry: (entry: Entry) => void
  onTyping: (sign: Typing) => void
  onViewing: (sign: Viewing) => void
}

const STRETCH = 60
const GAP = 200
const STAFF_STRETCH = 200

export class TimelineSession {
  readonly view: Box<TimelineView>
  readonly #at: At
  readonly #doors: TimelineDoors
  readonly #hearer: TimelineHearer
  #signs: TimelineSigns | null = null
  readonly #realtime: Pick<Realtime, 'subscribe'>
  #leaving = new AbortController()
  #leave: (() => void)[] = []
  #paging = { older: false, newer: false }

  constructor(at: At, doors: TimelineDoors, realtime: Pick<Realtime, 'subscribe'>, hearer: TimelineHearer) {
    this.#at = at
    this.#doors = doors
    this.#realtime = realtime
    this.#hearer = hearer
    const kept = keptTimeline(at.conversation)
    this.view = new Box<TimelineView>({ timeline: kept ?? EMPTY_TIMELINE, ready: kept !== null, error: null })
  }

  /** Whoever looks on now. */
  tell(signs: TimelineSigns): void {
    this.#signs = signs
  }

  /** Loads and listens until what is returned is called. */
  start(): () => void {
    this.#leaving = new AbortController()
    if (this.view.get().ready) this.#listen()
    void this.load()
    return () => {
      this.#leaving.abort()
      for (const leave of this.#leave) leave()
      this.#leave = []
    }
  }

  async load(): Promise<void> {
    const { signal } = this.#leaving
    try {
      const summary = await this.#doors.summary(this.#at, signal)
      this.#hearer.onSummary(summary)
      if (!this.view.get().ready) await this.#loadFirst(summary, signal)
      if (signal.aborted) return
      this.#change((before) => withSeen(before, 'buyer', summary.buyer_read, summary.buyer_delivered))
      this.view.set({ ...this.view.get(), ready: true, error: null })
      this.#listen()
    } catch (thrown) {
      if (!signal.aborted) this.view.set({ ...this.view.get(), error: asRefusal(thrown) })
    }
  }

  readonly loadOlder = (): void => {
    const { timeline } = this.view.get()
    if (this.#paging.older || !timeline.older) return
    this.#paging.older = true
    const { signal } = this.#leaving
    void Promise.all([this.#doors.entries(this.#at, { before: firstVersion(timeline), limit: STRETCH }, signal), this.#olderStaff(timeline, signal)])
      .then(([page, staff]) => this.#change((before) => withStaff(withOlder(before, page.data, page.has_more), staff)))
      .catch(() => {}) // scrolling up again asks again
      .finally(() => {
        this.#paging.older = false
      })
  }

  readonly loadNewer = (): void => {
    const { timeline } = this.view.get()
    if (this.#paging.newer || isAttached(timeline)) return
    this.#paging.newer = true
    void this.#doors
      .entries(this.#at, { after: lastVersion(timeline), limit: STRETCH }, this.#leaving.signal)
      .then((page) => this.#change((before) => withNewer(before, page.data)))
      .catch(() => {})
      .finally(() => {
        this.#paging.newer = false
      })
  }

  /** Shows the stretch around a version; nothing moves when it is shown already. */
  readonly jumpTo = async (version: number): Promise<void> => {
    const { timeline } = this.view.get()
    if (timeline.entries.some((entry) => entry.version === version)) return
    await this.#show(Math.min(version + STRETCH / 2, timeline.newest + 1))
  }

  /** Back to the newest entries. */
  readonly toEnd = (): Promise<void> => this.#show(this.view.get().timeline.newest + 1)

  async #show(before: number): Promise<void> {
    const page = await this.#doors.entries(this.#at, { before, limit: STRETCH }, this.#leaving.signal)
    this.#change((was) => withStretch(was, page.data, was.newest))
  }

  /** The newest entries, and the staff lines of the same time. */
  async #loadFirst(summary: Summary, signal: AbortSignal): Promise<void> {
    const [entries, staff] = await Promise.all([
      this.#doors.entries(this.#at, { before: summary.version + 1, limit: STRETCH }, signal),
      this.#doors.staffLines(this.#at, Math.max(0, summary.desk_version - STAFF_STRETCH), STAFF_STRETCH, signal),
    ])
    if (!signal.aborted) this.#change((before) => withStaff(withStretch(before, entries.data, summary.version), staff.data))
  }

  /** Staff lines before those that are here. */
  async #olderStaff(timeline: Timeline, signal: AbortSignal): Promise<StaffLine[]> {
    const first = timeline.staff[0]?.version ?? 1
    if (first <= 1) return []
    return (await this.#doors.staffLines(this.#at, Math.max(0, first - 1 - STAFF_STRETCH), STAFF_STRETCH, signal)).data
  }

  #listen(): void {
    if (this.#leave.length > 0 || this.#leaving.signal.aborted) return
    const { conversation } = this.#at
    const { timeline } = this.view.get()
    this.#leave = [
      this.#realtime.subscribe(`conversation:${conversation}`, {
        since: timeline.newest,
        onEvent: (event) => this.#onEvent(event),
        fetch: async (after, signal) => {
          const { data } = await this.#doors.entries(this.#at, { after, limit: GAP }, signal)
          this.#hearer.onDoubt(conversation)
          const events = data.map((entry) => ({ version: entry.version, name: 'conversations.entry_added', body: { entry } }))
          return { version: data.at(-1)?.version ?? after, events }
        },
      }),
      this.#realtime.subscribe(`desk:${conversation}`, {
        since: staffVersion(timeline),
        onEvent: (event) => this.#onDeskEvent(event),
        fetch: async (after, signal) => {
          const { data } = await this.#doors.staffLines(this.#at, after, GAP, signal)
          this.#hearer.onDoubt(conversation)
          const events = data.map((line) => ({ version: line.version, name: 'conversations.desk_entry_added', body: { entry: line } }))
          return { version: data.at(-1)?.version ?? after, events }
        },
      }),
    ]
  }

  #onEvent({ name, body }: TopicEvent): void {
    if (name === 'conversations.entry_added') {
      const { entry } = body as EntryAdded
      this.#change((before) => withEntry(before, entry))
      this.#signs?.onEntry(entry)
    } else if (name === 'conversations.seen') {
      const { side, read, delivered } = body as Seen
      this.#change((before) => withSeen(before, side, read, delivered))
    } else if (name === 'conversations.typing') this.#signs?.onTyping(body as Typing)
  }

  #onDeskEvent({ name, body }: TopicEvent): void {
    if (name === 'conversations.desk_entry_added') {
      this.#change((before) => withStaff(before, [(body as { entry: StaffLine }).entry]))
      this.#hearer.onDoubt(this.#at.conversation)
    } else if (name === 'conversations.entry_marked') {
      const { entry_version: version, guard } = body as EntryMarked
      this.#change((before) => withGuard(before, version, guard))
    } else if (name === 'conversations.viewing') this.#signs?.onViewing(body as Viewing)
  }

  #change(how: (before: Timeline) => Timeline): void {
    const view = this.view.get()
    const timeline = how(view.timeline)
    if (timeline === view.timeline) return
    this.view.set({ ...view, timeline })
    keepTimeline(this.#at.conversation, timeline)
  }
}
