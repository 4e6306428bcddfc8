/** The things on the wire as the desk uses them, from the server's own description. */
import type { DeskEntry } from '@/api'
import type { EventBodies } from '@/api/events'
import type { Answer } from '@/api/wire'

export type { Entry, Page } from '@/api'

export type Summary = Answer<'/api/v1/shops/{shop}/conversations/{conversation}', 'get'>
/** How a conversation stands after a deed. */
export type Stands = Answer<'/api/v1/shops/{shop}/conversations/{conversation}/take', 'post'>
export type Canned = Answer<'/api/v1/shops/{shop}/canned', 'get'>['data'][number]
export type StoredFile = Answer<'/public/v1/files/{file}', 'get'>
export type Found = Answer<'/api/v1/shops/{shop}/search', 'get'>['data'][number]
export type Known = Answer<'/api/v1/shops/{shop}/search/buyers', 'get'>['data'][number]
export type StaffLine = DeskEntry
export type BuyerFacts = Answer<'/api/v1/shops/{shop}/conversations/{conversation}/buyer', 'get'>
export type Consultation = BuyerFacts['consultations'][number]
/** A message that waits for its time; `held` when only for the moment in which it can be undone. */
export type Scheduled = Answer<'/api/v1/shops/{shop}/conversations/{conversation}/scheduled', 'get'>['data'][number]

export type ConversationChanged = EventBodies['conversations.conversation_changed']
export type ServedChanged = EventBodies['conversations.served_changed']
export type EntryAdded = EventBodies['conversations.entry_added']
export type EntryMarked = EventBodies['conversations.entry_marked']
export type Seen = EventBodies['conversations.seen']
export type Typing = EventBodies['conversations.typing']
export type Viewing = EventBodies['conversations.viewing']
export type Mentioned = EventBodies['conversations.mentioned']

export type Guarded = EntryMarked['guard']
export type Verdict = Guarded['verdict']
export type Side = Seen['side']
export type EntryKind = EntryAdded['entry']['kind']

export interface Person {
  id: string
  name: string
}

/** An order or a product as it was when it was shown; it stands in the body of an entry. */
export interface Card {
  kind: 'order' | 'product'
  id: string
  title: string
  image_url: string | null
  lines: string[]
  amount_minor: number | null
  currency: string
  state: string
}

/** A red packet as it was when it was sent; how it stands now its own card asks. */
export interface PacketCard {
  kind: 'red_packet'
  id: string
  title: string
  order_id: string
  purpose: 'price_difference' | 'postage' | 'comfort' | 'gift' | 'campaign'
  amount_minor: number
  currency: string
}

/** News of an after-sale case as it was then; it stands in the body of an entry, too. */
export interface CaseNews {
  kind: 'case'
  id: string
  title: string
  case_kind: string
  event: string
  side: string
  state: string
  order_id: string
  order_number: string
  amount_minor: number | null
  currency: string
  case_version: number
}
