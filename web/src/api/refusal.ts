/** Why a wish was not granted: the server's answer as an error that pages can show and explain. */
import i18next from 'i18next'

export type RefusalKind =
  | 'not_found'
  | 'not_allowed'
  | 'not_now'
  | 'refused'
  | 'too_many'
  | 'invalid'
  | 'unauthenticated'
  /** Nobody answered: no network, or the server is away. Worth trying again. */
  | 'unavailable'

const KINDS: ReadonlySet<string> = new Set<RefusalKind>([
  'not_found',
  'not_allowed',
  'not_now',
  'refused',
  'too_many',
  'invalid',
  'unauthenticated',
  'unavailable',
])

export interface RefusalBody {
  kind: RefusalKind
  /** `domain.words_with_underscores` */
  code: string
  /** The sentence for people, already in the caller's language. */
  message: string
  /** The row of the table that decided, when a table decided. */
  row: string | null
  facts: Readonly<Record<string, unknown>>
}

export class Refusal extends Error implements RefusalBody {
  override readonly name = 'Refusal'
  readonly kind: RefusalKind
  readonly code: string
  readonly row: string | null
  readonly facts: Readonly<Record<string, unknown>>
  /** The status of HTTP; 0 when there was no answer. */
  readonly status: number
  /** How long the server asks us to wait, in seconds. */
  readonly retryAfterSeconds: number | null

  constructor(body: Partial<RefusalBody>, status = 0, retryAfterSeconds: number | null = null) {
    super(body.message ?? body.code ?? 'refused')
    this.kind = body.kind ?? 'unavailable'
    this.code = body.code ?? 'ui.unavailable'
    this.row = body.row ?? null
    this.facts = body.facts ?? {}
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** The same wish may be granted later without being changed. */
  get mayRetry(): boolean {
    return this.kind === 'unavailable' || this.kind === 'too_many'
  }
}

/** Reads `{"error": {...}}`, or whatever else came instead, into a Refusal. */
export function readRefusal(body: unknown, status: number, retryAfter: string | null = null): Refusal {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  const kind = typeof error.kind === 'string' && KINDS.has(error.kind) ? (error.kind as RefusalKind) : kindOf(status)
  if (kind === 'unavailable' && typeof error.message !== 'string') return unavailable()
  return new Refusal(
    {
      kind,
      code: typeof error.code === 'string' ? error.code : `ui.${kind}`,
      message: typeof error.message === 'string' ? error.message : '',
      row: typeof error.row === 'string' ? error.row : null,
      facts: isRecord(error.facts) ? error.facts : {},
    },
    status,
    readSeconds(retryAfter),
  )
}

/** Nobody answered. */
export function unavailable(): Refusal {
  return new Refusal({ kind: 'unavailable', code: 'ui.unavailable', message: i18next.t('ui:refused.unavailable') })
}

/** Anything that was thrown, as a Refusal. */
export function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : unavailable()
}

function kindOf(status: number): RefusalKind {
  switch (status) {
    case 400:
    case 413:
    case 415:
      return 'invalid'
    case 401:
      return 'unauthenticated'
    case 403:
      return 'not_allowed'
    case 404:
      return 'not_found'
    case 409:
      return 'not_now'
    case 422:
      return 'refused'
    case 429:
      return 'too_many'
    default:
      return 'unavailable'
  }
}

function readSeconds(value: string | null): number | null {
  if (value === null) return null
  const seconds = Number(value)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
