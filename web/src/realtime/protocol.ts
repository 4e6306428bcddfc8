/** The frames on the socket, as JSON text. */
import type { Entry, Wish } from '@/api/wire'

export type { Entry, Wish }

/** `{conversation_id, client_id, kind, …}`; the client id makes every repetition harmless. */
export type ClientFrame =
  /** `many`: the server may join waiting frames into one array. */
  | { t: 'hello'; many: true; token?: string }
  | { t: 'sub'; topic: string; since: number }
  | { t: 'unsub'; topic: string }
  | { t: 'send'; ref: string; wish: Wish }
  | { t: 'typing'; conversation_id: string; on: boolean }
  | { t: 'seen'; conversation_id: string; version: number }
  | { t: 'viewing'; conversation_id: string; on: boolean }
  /** What this screen has received: conversation → version. */
  | { t: 'got'; at: Record<string, number> }
  | { t: 'ping' }

export interface WireError {
  kind: string
  code: string
  message: string
  row: string | null
  facts: Record<string, unknown>
}

/** Something that happened on a topic; without a version it is a passing sign (typing, read marks). */
export interface TopicEvent {
  version: number | null
  name: string
  body: unknown
}

export type ServerFrame =
  | { t: 'ready'; me?: unknown; now: string | number }
  | { t: 'subbed'; topic: string; version: number | null }
  | { t: 'ok'; ref: string; entry: Entry }
  | { t: 'refused'; ref: string; error: WireError }
  | ({ t: 'event'; topic: string } & TopicEvent)
  | { t: 'poke'; topic: string; version: number | null }
  | { t: 'dropped'; topic: string; why: string }
  | { t: 'pong'; now: string | number }

/** Why the server closed the socket. */
export const CLOSED = {
  /** No hello in time, or nobody we know. */
  unauthenticated: 4001,
  /** We read too slowly; come back and fetch. */
  slow: 4008,
  /** A frame over 64 KiB. */
  tooLarge: 4009,
} as const

const LARGEST_FRAME_BYTES = 60 * 1_024

/** A frame the server would not take must travel by POST. */
export function fitsFrame(text: string): boolean {
  return text.length * 3 < LARGEST_FRAME_BYTES || new TextEncoder().encode(text).length <= LARGEST_FRAME_BYTES
}

/** Reads one frame or an array of them; what we do not understand is left out: an older page survives a newer server. */
export function parseFrames(text: unknown): ServerFrame[] {
  if (typeof text !== 'string') return []
  try {
    const said: unknown = JSON.parse(text)
    return (Array.isArray(said) ? said : [said]).flatMap((frame: unknown) => readFrame(frame) ?? [])
  } catch {
    return []
  }
}

function readFrame(frame: unknown): ServerFrame | null {
  if (!isRecord(frame)) return null
  switch (frame.t) {
    case 'ready':
    case 'pong':
      return { t: frame.t, now: isInstant(frame.now) ? frame.now : Date.now(), ...(frame.t === 'ready' ? { me: frame.me } : {}) }
    case 'subbed':
    case 'poke':
      return isText(frame.topic) ? { t: frame.t, topic: frame.topic, version: versionOf(frame.version) } : null
    case 'ok':
      return isText(frame.ref) && isRecord(frame.entry) ? { t: 'ok', ref: frame.ref, entry: frame.entry as unknown as Entry } : null
    case 'refused':
      return isText(frame.ref) ? { t: 'refused', ref: frame.ref, error: errorOf(frame.error) } : null
    case 'event':
      return isText(frame.topic) && isText(frame.name)
        ? { t: 'event', topic: frame.topic, version: versionOf(frame.version), name: frame.name, body: frame.body }
        : null
    case 'dropped':
      return isText(frame.topic) ? { t: 'dropped', topic: frame.topic, why: isText(frame.why) ? frame.why : '' } : null
    default:
      return null
  }
}

function errorOf(value: unknown): WireError {
  const error = isRecord(value) ? value : {}
  return {
    kind: isText(error.kind) ? error.kind : 'unavailable',
    code: isText(error.code) ? error.code : 'ui.unavailable',
    message: isText(error.message) ? error.message : '',
    row: isText(error.row) ? error.row : null,
    facts: isRecord(error.facts) ? error.facts : {},
  }
}

function versionOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isInstant(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
