/** One socket, its topics, and the messages on their way out: what a page holds. */
import { Channels, type Listener } from './channels'
import { Connection, type ConnectionView } from './connection'
import { type OutboxKeep, openKeep } from './keep'
import type { OutboxItem } from './outbox'
import type { Entry, ServerFrame, TopicEvent, Wish } from './protocol'
import { Sender } from './sender'
import { Signs } from './signs'
import type { Watched } from './store'
import { BROWSER, socketAddress, type World } from './world'

export interface RealtimeOptions {
  /** Whose page it is: unsent messages are kept for this person alone. */
  owner: string
  /** A wish by POST, when the socket stays away. */
  post: (wish: Wish, shop: string | null) => Promise<Entry>
  url?: string
  token?: () => string | null
  onTrouble?: () => void
  world?: World
  keep?: OutboxKeep
}

export class Realtime {
  readonly connection: Watched<ConnectionView>
  /** Unsent messages, oldest first. */
  readonly outbox: Watched<readonly OutboxItem[]>
  /** The server's clock, in milliseconds since 1970. */
  readonly serverNow: () => number
  readonly #connection: Connection
  readonly #channels: Channels
  readonly #sender: Sender
  readonly #signs: Signs

  constructor(options: RealtimeOptions) {
    const world = options.world ?? BROWSER
    this.#connection = new Connection({
      url: options.url ?? socketAddress(),
      world,
      onReady: () => this.#onReady(),
      onAway: () => this.#onAway(),
      onFrame: (frame) => this.#onFrame(frame),
      ...(options.token ? { token: options.token } : {}),
      ...(options.onTrouble ? { onTrouble: options.onTrouble } : {}),
    })
    const send = this.#connection.send.bind(this.#connection)
    this.#channels = new Channels(world, send)
    this.#signs = new Signs(world, send)
    const keep = options.keep ?? openKeep(options.owner)
    this.#sender = new Sender({ world, keep, sendFrame: send, post: options.post })
    this.connection = this.#connection.view
    this.outbox = this.#sender.items
    this.serverNow = this.#connection.serverNow
  }

  start(): void {
    void this.#sender.start()
    this.#sender.onAway() // the clock of the other door runs until the socket is ready
    this.#connection.start()
  }

  stop(): void {
    this.#connection.stop()
    this.#channels.onAway()
    this.#sender.stop()
  }

  /** Events of a versioned topic come in order, once each, without gaps. */
  subscribe(topic: string, listener: Listener): () => void {
    return this.#channels.subscribe(topic, listener)
  }

  /** Kept until it is taken, through lost sockets and closed pages; rejects with the final refusal. */
  send(wish: Wish, shop: string | null = null): Promise<Entry> {
    return this.#sender.send(wish, shop)
  }

  retry(clientId: string): void {
    this.#sender.retry(clientId)
  }

  discard(clientId: string): void {
    this.#sender.discard(clientId)
  }

  typing(conversationId: string, on: boolean): void {
    this.#signs.typing(conversationId, on)
  }

  seen(conversationId: string, version: number): void {
    this.#signs.seen(conversationId, version)
  }

  viewing(conversationId: string, on: boolean): void {
    this.#signs.viewing(conversationId, on)
  }

  /** "Connect now." */
  nudge(): void {
    this.#connection.nudge()
  }

  #onReady(): void {
    this.#channels.onReady()
    this.#signs.onReady()
    this.#sender.onReady()
  }

  #onAway(): void {
    this.#channels.onAway()
    this.#sender.onAway()
  }

  #onFrame(frame: ServerFrame): void {
    switch (frame.t) {
      case 'subbed':
        this.#channels.onSubbed(frame.topic, frame.version)
        return
      case 'event':
        this.#acknowledge(frame)
        this.#channels.onEvent(frame.topic, { version: frame.version, name: frame.name, body: frame.body })
        return
      case 'poke':
        this.#channels.onPoke(frame.topic, frame.version)
        return
      case 'dropped':
        this.#channels.onDropped(frame.topic, frame.why)
        return
      case 'ok':
        this.#sender.onOk(frame.ref, frame.entry)
        return
      case 'refused':
        if (!this.#channels.onRefused(frame.ref, frame.error)) this.#sender.onRefused(frame.ref, frame.error)
        return
      case 'ready':
      case 'pong':
    }
  }

  /** What has come is told to the other side; our own message on its topic is as good as its answer. */
  #acknowledge({ name, body }: TopicEvent): void {
    const { entry, entries = [] } = (body ?? {}) as { entry?: Entry; entries?: Entry[] }
    for (const each of entry ? [entry] : entries) {
      if (each.client_id) this.#sender.onTaken(each.client_id, each)
      if (name === 'conversations.entry_added') this.#signs.got(each.conversation_id, each.version)
    }
  }
}
