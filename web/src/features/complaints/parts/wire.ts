/** The things of a complaint as they travel, by the names the pages use. */
import type { Answer, AppealPlace, Body } from '@/api'

export type Whole = Answer<'/public/v1/me/complaints/{complaint}', 'get'>
export type Line = Answer<'/public/v1/me/complaints', 'get'>['data'][number]
export type Wish = Body<'/public/v1/me/complaints', 'post'>
export type Quote = Answer<'/public/v1/me/complaints/quote', 'post'>
export type TypeShown = Answer<'/public/v1/me/complaint-types', 'get'>[number]
export type Prepared = Answer<'/public/v1/me/complaints/prepared/{token}', 'get'>
export type Explained = Answer<'/public/v1/me/complaints/{complaint}/why', 'get'>[number]
export type Step = Whole['timeline'][number]
export type State = Line['state']
type Message = Answer<'/public/v1/conversations/{conversation}/entries', 'get'>['data'][number]
/** What of a message one sees when choosing. */
export type Entry = Pick<Message, 'version' | 'at' | 'name' | 'role' | 'text' | 'shown' | 'recalled' | 'body'>
export interface EntryPage {
  data: Entry[]
  has_more: boolean
}
export type Seal = Answer<'/public/v1/conversations/{conversation}/evidence', 'post'>
export type Item = Answer<'/public/v1/evidence/{number}/items', 'post'>
export type Page<T> = { data: T[]; has_more: boolean; next_cursor: string | null }

/** What is sent with a deed; each takes what it needs of it. */
export interface Said {
  text: string
  evidence: string[]
  files: string[]
  free: boolean
}

export type Deed = 'withdraw' | 'accept_apology' | 'decline_apology' | 'add' | 'pressure' | 'apologise' | 'answer' | 'coached'

/** Everything one side asks of the server about complaints: a buyer for himself, a shop for the shop. */
export interface Doors {
  by: 'buyer' | 'shop'
  key: readonly string[]
  /** The topic that tells of moves. */
  topic: string
  types: (signal?: AbortSignal) => Promise<TypeShown[]>
  prepared: (token: string, signal?: AbortSignal) => Promise<Prepared>
  quote: (wish: Wish) => Promise<Quote>
  lodge: (wish: Wish) => Promise<Whole>
  list: (query: { side?: 'by' | 'against'; closed?: boolean; starting_after?: string }, signal?: AbortSignal) => Promise<Page<Line>>
  read: (id: string, signal?: AbortSignal) => Promise<Whole>
  why: (id: string, signal?: AbortSignal) => Promise<Explained[]>
  act: (id: string, deed: Deed, said: Said) => Promise<Whole>
  /** A conversation's messages, the newest ones or those before a version. */
  entries: (conversation: string, before: number | null, signal?: AbortSignal) => Promise<EntryPage>
  seal: (conversation: string, first: number, last: number, reason: string) => Promise<Seal>
  compare: (number: string, text: string) => Promise<Item>
  upload: (conversation: string, file: File) => Promise<{ id: string; name: string }>
  /** Where the pages of this side are. */
  place: { list: string; one: (id: string) => string; dispute: (id: string) => string }
  /** In whose name a refusal is appealed, and where. */
  appeals: { place: AppealPlace; base: string }
}
