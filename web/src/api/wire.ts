/** The things on the wire, by the names pages use; each domain's feature may name more of its own the same way. */
import type { EventBodies } from './events'
import type { paths } from './schema'

/** What a door answers when all is well: `Answer<'/public/v1/me', 'get'>`. */
export type Answer<Path extends keyof paths, Method extends keyof paths[Path]> =
  paths[Path][Method] extends { responses: infer Responses }
    ? Content<Responses[Extract<keyof Responses, 200 | 201>]>
    : never

/** What a door takes: `Body<'/public/v1/sign-in', 'post'>`. */
export type Body<Path extends keyof paths, Method extends keyof paths[Path]> =
  paths[Path][Method] extends { requestBody: infer Given } ? Content<Given> : never

type Content<Message> = Message extends { content: { 'application/json': infer Json } } ? Json : never

export type Me = Answer<'/public/v1/me', 'get'>
type SaidWish = Body<'/public/v1/conversations/{conversation}/entries', 'post'>
/** A wish to say something: for both doors, so it names its conversation; the client id makes repetition harmless. */
export type Wish = SaidWish & { conversation_id: string; kind: NonNullable<SaidWish['kind']> }
export type Reach = Me['rights'][string]
export type Entry = EventBodies['conversations.entry_added']['entry']
export type DeskEntry = EventBodies['conversations.desk_entry_added']['entry']

/** Every list of the server; the next page is asked with `starting_after=next_cursor`. */
export interface Page<Item> {
  data: Item[]
  has_more: boolean
  next_cursor: string | null
}
