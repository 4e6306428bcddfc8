/** The doors of whoever quarrels: his own, or those of a shop. */
import { api, keepFile } from '@/api'
import type { DisputeWhole, ExhibitWish, OpenWish, Place, ProofWish, ProposalWish, SuspendWish } from './wire'

const MINE = '/public/v1/me/disputes/{dispute}'
const SHOP = '/api/v1/shops/{shop}/disputes/{dispute}'

export const wholeKey = (place: Place, id: string) => ['disputes', place?.shop ?? 'me', id] as const
export const listKey = (place: Place) => ['disputes', place?.shop ?? 'me', 'list'] as const

export function listDisputes(place: Place, query: { closed: boolean; limit: number; starting_after?: string }, signal: AbortSignal) {
  return place
    ? api.GET('/api/v1/shops/{shop}/disputes', { params: { path: place, query: { ...query, order: query.closed ? 'newest' : 'due' } }, signal })
    : api.GET('/public/v1/me/disputes', { params: { query }, signal })
}

export function readDispute(place: Place, dispute: string, signal: AbortSignal): Promise<DisputeWhole> {
  return place
    ? api.GET(SHOP, { params: { path: { ...place, dispute } }, signal })
    : api.GET(MINE, { params: { path: { dispute } }, signal })
}

export function readWhy(place: Place, dispute: string, signal: AbortSignal) {
  return place
    ? api.GET(`${SHOP}/why`, { params: { path: { ...place, dispute } }, signal })
    : api.GET(`${MINE}/why`, { params: { path: { dispute } }, signal })
}

export function openDispute(place: Place, id: string, body: OpenWish): Promise<DisputeWhole> {
  return place
    ? api.POST('/api/v1/shops/{shop}/cases/{case}/dispute', { params: { path: { ...place, case: id } }, body })
    : api.POST('/public/v1/cases/{case}/dispute', { params: { path: { case: id } }, body })
}

/** What a party may do with a dispute; each answers with the dispute as it stands after it. */
export function deedsOf(place: Place, dispute: string) {
  const mine = { params: { path: { dispute } } }
  const shop = { params: { path: { shop: place?.shop ?? '', dispute } } }
  return {
    say: (text: string) => (place ? api.POST(`${SHOP}/say`, { ...shop, body: { text } }) : api.POST(`${MINE}/say`, { ...mine, body: { text } })),
    show: (body: ExhibitWish) => (place ? api.POST(`${SHOP}/show`, { ...shop, body }) : api.POST(`${MINE}/show`, { ...mine, body })),
    ready: () => (place ? api.POST(`${SHOP}/ready`, { ...shop, body: {} }) : api.POST(`${MINE}/ready`, { ...mine, body: {} })),
    propose: (body: ProposalWish) => (place ? api.POST(`${SHOP}/propose`, { ...shop, body }) : api.POST(`${MINE}/propose`, { ...mine, body })),
    answer: (number: number, accept: boolean) =>
      place
        ? api.POST(`${SHOP}/proposals/{number}/answer`, { params: { path: { shop: place.shop, dispute, number } }, body: { accept } })
        : api.POST(`${MINE}/proposals/{number}/answer`, { params: { path: { dispute, number } }, body: { accept } }),
    withdraw: (text: string) => (place ? api.POST(`${SHOP}/withdraw`, { ...shop, body: { text } }) : api.POST(`${MINE}/withdraw`, { ...mine, body: { text } })),
    challenge: (reason: string) =>
      place ? api.POST(`${SHOP}/challenge`, { ...shop, body: { reason } }) : api.POST(`${MINE}/challenge`, { ...mine, body: { reason } }),
    execute: () => (place ? api.POST(`${SHOP}/execute`, { ...shop, body: {} }) : api.POST(`${MINE}/execute`, { ...mine, body: {} })),
    suspend: (body: SuspendWish) => (place ? api.POST(`${SHOP}/suspend`, { ...shop, body }) : api.POST(`${MINE}/suspend`, { ...mine, body })),
    prove_court: (body: ProofWish) => (place ? api.POST(`${SHOP}/prove-court`, { ...shop, body }) : api.POST(`${MINE}/prove-court`, { ...mine, body })),
    resume: (text: string) => (place ? api.POST(`${SHOP}/resume`, { ...shop, body: { text } }) : api.POST(`${MINE}/resume`, { ...mine, body: { text } })),
  }
}

export type Deeds = ReturnType<typeof deedsOf>

/** Keeps a photo with the marketplace, in the conversation of buyer and shop; a buyer's is opened when there is none. */
export async function upload(shop: string, conversation: string | null, file: File): Promise<{ id: string; name: string }> {
  const home = conversation ?? (await api.POST('/public/v1/shops/{shop}/conversation', { params: { path: { shop } } })).id
  return keepFile(home, file)
}
