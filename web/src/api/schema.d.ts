/**
 * The wire, written by hand in the shape that `npm run types` generates from docs/api/openapi.json;
 * the generated file takes the place of this one.
 */
type Uuid = string
type Instant = string // ISO 8601 with offset
type Json = Record<string, unknown>

type Operation<Path, Query, Body, Answer> = {
  parameters: { query?: Query; header?: never; cookie?: never } & ([Path] extends [never] ? { path?: never } : { path: Path })
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Answer } } }
} & ([Body] extends [never] ? { requestBody?: never } : { requestBody: { content: { 'application/json': Body } } })
type NoPath = never
type Get<Path, Query, Answer> = Operation<Path, Query, never, Answer>
type Post<Path, Body, Answer = Json> = Operation<Path, Json, Body, Answer>

type MethodName = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'
type At<Given> = Given & { [Method in Exclude<MethodName, keyof Given>]?: never }

type Page<Item> = { data: Item[]; has_more: boolean; next_cursor: string | null }
type Cursor = { limit?: number; starting_after?: string }
type InShop = { shop: Uuid }
type InConversation = { conversation: Uuid }
type InShopConversation = InShop & InConversation
type Around = { before?: number; after?: number; limit?: number }
type S = components['schemas']

export interface components {
  schemas: {
    ErrorBody: { error: { kind: string; code: string; message: string; row: string | null; facts: Json } }
    MarketplaceBrief: { id: Uuid; slug: string; name: string; time_zone: string; currency: string }
    ShopBrief: { id: Uuid; name: string; role: string }
    Me: {
      id: Uuid
      role: 'buyer' | 'agent' | 'manager' | 'officer' | 'administrator' | 'integration'
      display_name: string
      language: string | null
      marketplace: S['MarketplaceBrief']
      shops: S['ShopBrief'][]
      visitor: boolean
      rights: Record<string, 'none' | 'own' | 'team' | 'all'>
    }
    SignIn: { marketplace?: string; login: string; password: string }
    Entry: {
      conversation_id: Uuid
      version: number
      id: Uuid
      client_id: string
      role: 'buyer' | 'agent' | 'manager' | 'officer' | 'bot' | 'system' | 'auto'
      person_id: Uuid | null
      name: string
      kind: 'text' | 'image' | 'file' | 'card' | 'system' | 'recall'
      text: string
      body: Json
      at: Instant
      recalled: boolean
      consultation: number
      guard?: Json | null
    }
    DeskEntry: {
      conversation_id: Uuid
      version: number
      id: Uuid
      kind: string
      person_id: Uuid | null
      name: string
      text: string
      mentions: Uuid[]
      body: Json
      after_version: number
      at: Instant
    }
    Wish: {
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
    Deed: { deed: string; allowed: boolean; code?: string | null }
    Summary: {
      id: Uuid
      shop_id: Uuid
      buyer: { id: Uuid; name: string; visitor: boolean; language: string | null }
      state: 'idle' | 'queued' | 'assigned' | 'snoozed' | 'closed' | 'merged'
      consultation: number
      queue_id: Uuid | null
      assignee: { id: Uuid; name: string } | null
      version: number
      desk_version: number
      waiting_since: Instant | null
      reply_due_at: Instant | null
      reply_warn_at: Instant | null
      snoozed_until: Instant | null
      last_at: Instant | null
      last_text: string
      last_role: string | null
      unread: number
      tags: string[]
      deeds: S['Deed'][]
    }
    Place: {
      position: number
      estimate_low_seconds: number | null
      estimate_high_seconds: number | null
      off_hours: boolean
      opens_at: Instant | null
    }
    BuyerConversation: {
      id: Uuid
      shop: { id: Uuid; name: string }
      state: string
      version: number
      unread: number
      last_at: Instant | null
      last_text: string
      agent: { name: string } | null
      place: S['Place'] | null
      read: number
    }
    File: {
      id: Uuid
      name: string
      media_type: string
      size_bytes: number
      width: number | null
      height: number | null
      url: string
      thumbnail_url: string | null
    }
  }
}

export interface paths {
  '/public/v1/sign-in': At<{ post: Post<NoPath, S['SignIn'], S['Me']> }>
  '/public/v1/sign-out': At<{ post: Post<NoPath, never> }>
  '/public/v1/sign-out-everywhere': At<{ post: Post<NoPath, never> }>
  '/public/v1/me': At<{
    get: Get<NoPath, never, S['Me']>
    patch: Post<NoPath, { display_name?: string; language?: string }, S['Me']>
  }>
  '/public/v1/identify': At<{
    post: Post<
      NoPath,
      { marketplace: string; buyer_id: string; identifier_hash: string; display_name?: string; email?: string; phone?: string },
      { token: string; me: S['Me'] }
    >
  }>
  '/public/v1/visit': At<{
    post: Post<NoPath, { marketplace?: string; shop_id: Uuid }, { token: string; me: S['Me'] }>
  }>
  '/public/v1/conversations': At<{ get: Get<NoPath, Cursor, Page<S['BuyerConversation']>> }>
  '/public/v1/shops/{shop}/conversation': At<{ post: Post<InShop, Json, S['BuyerConversation']> }>
  '/public/v1/conversations/{conversation}': At<{ get: Get<InConversation, never, S['BuyerConversation']> }>
  '/public/v1/conversations/{conversation}/entries': At<{
    get: Get<InConversation, Around, Page<S['Entry']>>
    post: Post<InConversation, S['Wish'], S['Entry']>
  }>
  '/public/v1/conversations/{conversation}/seen': At<{ post: Post<InConversation, { version: number }> }>
  '/api/v1/shops/{shop}/conversations': At<{
    get: Get<InShop, Cursor & { view?: string; queue?: Uuid; tag?: string; assignee?: Uuid }, Page<S['Summary']>>
    post: Post<InShop, { buyer_id: Uuid }, S['Summary']>
  }>
  '/api/v1/shops/{shop}/conversations/{conversation}': At<{ get: Get<InShopConversation, never, S['Summary']> }>
  '/api/v1/shops/{shop}/conversations/{conversation}/entries': At<{
    get: Get<InShopConversation, Around, Page<S['Entry']>>
    post: Post<InShopConversation, S['Wish'], S['Entry']>
  }>
}
