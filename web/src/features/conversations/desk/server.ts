/** Everything the desk asks the server, one function a door. */
import { api } from '@/api'
import type { View } from './model/arrange'
import type { BuyerFacts, Entry, Found, Known, Page, Scheduled, StaffLine, Stands, StoredFile, Summary } from './wire'

const CONVERSATION = '/api/v1/shops/{shop}/conversations/{conversation}'

export interface At {
  shop: string
  conversation: string
}

export interface ListAsk {
  view: View
  queue?: string
  tag?: string
  limit: number
  starting_after?: string
}

export function listConversations(shop: string, query: ListAsk, signal: AbortSignal): Promise<Page<Summary>> {
  return api.GET('/api/v1/shops/{shop}/conversations', { params: { path: { shop }, query }, signal })
}

export function getConversation(at: At, signal?: AbortSignal): Promise<Summary> {
  return api.GET(CONVERSATION, { params: { path: at }, ...(signal ? { signal } : {}) })
}

export interface EntriesAsk {
  before?: number
  after?: number
  limit: number
}

export function listEntries(at: At, query: EntriesAsk, signal: AbortSignal): Promise<Page<Entry>> {
  return api.GET(`${CONVERSATION}/entries`, { params: { path: at, query }, signal })
}

export function listStaffLines(at: At, after: number, limit: number, signal: AbortSignal): Promise<Page<StaffLine>> {
  return api.GET(`${CONVERSATION}/desk-entries`, { params: { path: at, query: { after, limit } }, signal })
}

export function recall(at: At, version: number): Promise<unknown> {
  return api.POST(`${CONVERSATION}/entries/{version}/recall`, { params: { path: { ...at, version } } })
}

/** Deeds without words. */
export const PLAIN_DEEDS = ['take', 'step_in', 'release', 'wake', 'close', 'reopen'] as const
export type PlainDeed = (typeof PLAIN_DEEDS)[number]

export function plainDeed(at: At, deed: PlainDeed): Promise<Stands> {
  const params = { path: at }
  switch (deed) {
    case 'take':
      return api.POST(`${CONVERSATION}/take`, { params })
    case 'step_in':
      return api.POST(`${CONVERSATION}/step-in`, { params })
    case 'release':
      return api.POST(`${CONVERSATION}/release`, { params })
    case 'wake':
      return api.POST(`${CONVERSATION}/wake`, { params })
    case 'close':
      return api.POST(`${CONVERSATION}/close`, { params })
    case 'reopen':
      return api.POST(`${CONVERSATION}/reopen`, { params })
  }
}

export type Target = { person_id: string } | { queue_id: string }

export function handOver(at: At, deed: 'transfer' | 'assign', to: Target, note: string): Promise<Stands> {
  const init = { params: { path: at }, body: { ...to, note } }
  return deed === 'transfer' ? api.POST(`${CONVERSATION}/transfer`, init) : api.POST(`${CONVERSATION}/assign`, init)
}

export function share(at: At, person: string): Promise<Stands> {
  return api.POST(`${CONVERSATION}/share`, { params: { path: at }, body: { person_id: person } })
}

export function snooze(at: At, until: Date): Promise<Stands> {
  return api.POST(`${CONVERSATION}/snooze`, { params: { path: at }, body: { until: until.toISOString() } })
}

/** Answers how the other one stands. */
export function merge(at: At, into: string): Promise<Stands> {
  return api.POST(`${CONVERSATION}/merge`, { params: { path: at }, body: { into } })
}

export function writeNote(at: At, text: string, mentions: string[]): Promise<Stands> {
  return api.POST(`${CONVERSATION}/notes`, { params: { path: at }, body: { text, mentions } })
}

export function whisper(at: At, text: string): Promise<Stands> {
  return api.POST(`${CONVERSATION}/whisper`, { params: { path: at }, body: { text } })
}

export function putTags(at: At, tags: readonly string[]): Promise<unknown> {
  return api.PUT(`${CONVERSATION}/tags`, { params: { path: at }, body: { tags: [...tags] } })
}

export function listTags(shop: string, signal: AbortSignal) {
  return api.GET('/api/v1/shops/{shop}/tags', { params: { path: { shop } }, signal })
}

export function getDraft(at: At, signal: AbortSignal) {
  return api.GET(`${CONVERSATION}/draft`, { params: { path: at }, signal })
}

export function putDraft(at: At, text: string, leaving = false): Promise<unknown> {
  return api.PUT(`${CONVERSATION}/draft`, { params: { path: at }, body: { text }, ...(leaving ? { keepalive: true } : {}) })
}

export function readMentions(at: At): Promise<unknown> {
  return api.POST(`${CONVERSATION}/mentions/read`, { params: { path: at } })
}

export function listCanned(shop: string, signal: AbortSignal) {
  return api.GET('/api/v1/shops/{shop}/canned', { params: { path: { shop } }, signal })
}

export function fillCanned(at: At, canned: string) {
  return api.POST('/api/v1/shops/{shop}/canned/{canned}/fill', {
    params: { path: { shop: at.shop, canned } },
    body: { conversation_id: at.conversation },
  })
}

export function search(shop: string, query: { q: string; conversation?: string; before?: string; limit?: number }, signal: AbortSignal): Promise<Page<Found>> {
  return api.GET('/api/v1/shops/{shop}/search', { params: { path: { shop }, query }, signal })
}

export function searchBuyers(shop: string, q: string, signal: AbortSignal): Promise<Page<Known>> {
  return api.GET('/api/v1/shops/{shop}/search/buyers', { params: { path: { shop }, query: { q } }, signal })
}

export function upload(file: File, conversation: string, signal: AbortSignal): Promise<StoredFile> {
  return api.POST('/public/v1/files', {
    params: { query: { conversation_id: conversation, name: file.name } },
    body: file as never, // the bytes as they are; the description names them only by their media type
    bodySerializer: (body: unknown) => body as File,
    headers: { 'Content-Type': file.type || 'application/octet-stream' },
    signal,
  })
}

/** What a file is, with fresh addresses to open it by. */
export function getFile(file: string, signal: AbortSignal): Promise<StoredFile> {
  return api.GET('/public/v1/files/{file}', { params: { path: { file } }, signal })
}

export function transcriptAddress(at: At, format: 'text' | 'json' | 'html'): string {
  return `/api/v1/shops/${at.shop}/conversations/${at.conversation}/transcript?format=${format}`
}

/** What the shop knows of the buyer of a conversation; the latest consultations first. */
export function getBuyer(at: At, signal: AbortSignal): Promise<BuyerFacts> {
  return api.GET(`${CONVERSATION}/buyer`, { params: { path: at }, signal })
}

export function listScheduled(at: At, signal: AbortSignal) {
  return api.GET(`${CONVERSATION}/scheduled`, { params: { path: at }, signal })
}

export function postScheduled(at: At, wish: { client_id: string; kind: 'text'; text: string; send_at: string }): Promise<Scheduled> {
  return api.POST(`${CONVERSATION}/scheduled`, { params: { path: at }, body: wish })
}

export function deleteScheduled(at: At, scheduled: string): Promise<unknown> {
  return api.DELETE(`${CONVERSATION}/scheduled/{scheduled}`, { params: { path: { ...at, scheduled } } })
}
