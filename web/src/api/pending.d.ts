/**
 * Doors of conversations that docs/api/openapi.json does not describe yet, in the shape of the generated types.
 * What the description has wins over what stands here; the file goes when it has all of it.
 */
import type { EventBodies } from './events'
import type { paths as Described } from './schema'

type Uuid = string
type Instant = string
type Json = Record<string, unknown>
type Entry = EventBodies['conversations.entry_added']['entry']

type Operation<Path, Query, Body, Answer> = {
  parameters: { query?: Query; header?: never; cookie?: never; path: Path }
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Answer } } }
} & ([Body] extends [never] ? { requestBody?: never } : { requestBody: { content: { 'application/json': Body } } })
type MethodName = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'
type At<Given> = Given & { [Method in Exclude<MethodName, keyof Given>]?: never }
type Page<Item> = { data: Item[]; has_more: boolean; next_cursor: string | null }
type InConversation = { conversation: Uuid }
type InShopConversation = InConversation & { shop: Uuid }
type Around = { before?: number; after?: number; limit?: number }

export interface Wish {
  conversation_id: Uuid
  client_id: string
  kind: 'text' | 'image' | 'file' | 'card'
  text?: string
  file_id?: Uuid
  card?: { kind: 'order' | 'product'; id: Uuid }
  reply_to?: number
  hold_seconds?: number
  send_at?: Instant
}

interface PendingPaths {
  '/public/v1/conversations/{conversation}/entries': At<{
    get: Operation<InConversation, Around, never, Page<Entry>>
    post: Operation<InConversation, Json, Wish, Entry>
  }>
  '/api/v1/shops/{shop}/conversations/{conversation}/entries': At<{
    get: Operation<InShopConversation, Around, never, Page<Entry>>
    post: Operation<InShopConversation, Json, Wish, Entry>
  }>
}

export type paths = Described & Omit<PendingPaths, keyof Described>
