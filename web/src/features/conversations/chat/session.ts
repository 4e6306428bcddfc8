/** One conversation of a buyer as a page holds it: what has been said, what is on its way, who is there. */
import type { Api } from '@/api/client'
import type { Answer, Entry } from '@/api/wire'
import { asRefusal, type Refusal } from '@/api/refusal'
import type { Realtime, TopicEvent } from '@/realtime'
import { EMPTY, lastVersion, type Marks, merged, type Timeline } from './timeline'

export type Conversation = Answer<'/public/v1/conversations/{conversation}', 'get'>

export interface ChatState {
  conversation: Conversation
  timeline: Timeline
  marks: Marks
  loading: 'first' | 'older' | null
  refusal: Refusal | null
  /** Whoever is typing on the other side. */
  typing: string | null
}

const PAGE = 50
const PLACE_AGAIN_MS = 15_000
const TYPING_ENDS_MS = 6_000

export class ChatSession {
  #state: ChatState
  readonly #watchers = new Set<() => void>()
  #leave: () => void = () => undefined
  #typingTimer = 0
  #placeTimer = 0

  constructor(
    readonly api: Api,
    readonly realtime: Realtime,
    conversation: Conversation,
  ) {
    this.#state = {
      conversation,
      timeline: EMPTY,
      marks: { read: conversation.read, delivered: conversation.delivered },
      loading: 'first',
      refusal: null,
      typing: null,
    }
  }

  readonly get = (): ChatState => this.#state

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  async start(): Promise<void> {
    try {
      const page = await this.#fetch({ limit: PAGE })
      this.#change({ timeline: merged(EMPTY, page.data, page.has_more), loading: null, refusal: null })
    } catch (error) {
      this.#change({ loading: null, refusal: asRefusal(error) })
      return
    }
    this.#leave = this.realtime.subscribe(`conversation:${this.id}`, {
      since: lastVersion(this.#state.timeline),
      onEvent: (event) => this.#onEvent(event),
      fetch: (after, signal) => this.#catchUp(after, signal),
    })
    this.#placeTimer = window.setInterval(() => void this.#refreshPlace(), PLACE_AGAIN_MS)
  }

  stop(): void {
    this.#leave()
    window.clearInterval(this.#placeTimer)
    window.clearTimeout(this.#typingTimer)
  }

  get id(): string {
    return this.#state.conversation.id
  }

  async older(): Promise<void> {
    const { timeline, loading } = this.#state
    const first = timeline.entries[0]
    if (loading || !timeline.more || !first) return
    this.#change({ loading: 'older' })
    try {
      const page = await this.#fetch({ limit: PAGE, before: first.version })
      this.#change({ timeline: merged(this.#state.timeline, page.data, page.has_more), loading: null })
    } catch (error) {
      this.#change({ loading: null, refusal: asRefusal(error) })
    }
  }

  /** Says how far the buyer has read; called while the page is looked at. */
  seen(): void {
    const version = lastVersion(this.#state.timeline)
    if (version > 0) this.realtime.seen(this.id, version)
  }

  say(text: string): void {
    this.realtime.typing(this.id, false)
    void this.#send({ kind: 'text', text })
  }

  card(id: string): void {
    void this.#send({ kind: 'card', text: '', card: { kind: 'order', id } })
  }

  async upload(file: File): Promise<void> {
    try {
      const kept = await this.api.POST('/public/v1/files', {
        params: { query: { conversation_id: this.id, name: file.name } },
        body: file as never,
        bodySerializer: (body: unknown) => body as Blob,
        headers: { 'Content-Type': 'application/octet-stream' },
      })
      void this.#send({ kind: kept.width === null ? 'file' : 'image', text: '', file_id: kept.id })
    } catch (error) {
      this.#change({ refusal: asRefusal(error) })
    }
  }

  async recall(version: number): Promise<void> {
    try {
      await this.api.POST('/public/v1/conversations/{conversation}/entries/{version}/recall', {
        params: { path: { conversation: this.id, version } },
      })
    } catch (error) {
      this.#change({ refusal: asRefusal(error) })
    }
  }

  dismiss(): void {
    this.#change({ refusal: null })
  }

  async #send(what: { kind: 'text' | 'image' | 'file' | 'card'; text: string; file_id?: string; card?: { kind: 'order'; id: string } }) {
    try {
      await this.realtime.send({ conversation_id: this.id, client_id: crypto.randomUUID(), ...what })
    } catch {
      // the line itself shows what became of it
    }
  }

  #fetch(query: { limit: number; before?: number; after?: number }, signal?: AbortSignal) {
    return this.api.GET('/public/v1/conversations/{conversation}/entries', {
      params: { path: { conversation: this.id }, query },
      ...(signal ? { signal } : {}),
    })
  }

  async #catchUp(after: number, signal: AbortSignal) {
    const found: Entry[] = []
    let more = true
    while (more) {
      const page = await this.#fetch({ limit: 200, after: found.at(-1)?.version ?? after }, signal)
      found.push(...page.data)
      more = page.has_more
    }
    const timeline = merged(this.#state.timeline, found)
    this.#change({ timeline })
    void this.#refreshPlace()
    return { version: Math.max(after, lastVersion(timeline)), snapshot: true }
  }

  #onEvent({ name, body }: TopicEvent): void {
    if (name === 'conversations.entry_added') {
      const { entry } = body as { entry: Entry }
      const typing = entry.role === 'buyer' ? this.#state.typing : null
      this.#change({ timeline: merged(this.#state.timeline, [entry]), typing })
      if (this.#state.conversation.place) void this.#refreshPlace()
    } else if (name === 'conversations.seen') {
      const { side, read, delivered } = body as { side: string; read: number; delivered: number }
      if (side === 'shop') {
        const { marks } = this.#state
        this.#change({ marks: { read: Math.max(marks.read, read), delivered: Math.max(marks.delivered, delivered) } })
      }
    } else if (name === 'conversations.typing') {
      this.#onTyping(body as { side: string; on: boolean; person_name: string })
    }
  }

  #onTyping({ side, on, person_name }: { side: string; on: boolean; person_name: string }): void {
    if (side !== 'shop') return
    window.clearTimeout(this.#typingTimer)
    this.#change({ typing: on ? person_name : null })
    if (on) this.#typingTimer = window.setTimeout(() => this.#change({ typing: null }), TYPING_ENDS_MS)
  }

  async #refreshPlace(): Promise<void> {
    try {
      const conversation = await this.api.GET('/public/v1/conversations/{conversation}', {
        params: { path: { conversation: this.id } },
      })
      this.#change({ conversation })
    } catch {
      // the next look will tell
    }
  }

  #change(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change }
    for (const watcher of this.#watchers) watcher()
  }
}
