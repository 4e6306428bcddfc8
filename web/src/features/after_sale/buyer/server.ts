/** The doors of a buyer to his cases. */
import { api, type Answer, type Body } from '@/api'
import type { CaseWhole, CaseWish, Quote } from '../parts/wire'

export type Order = Answer<'/public/v1/orders/{purchase}', 'get'>
export type Item = Order['items'][number]
export type Product = Answer<'/public/v1/shops/{shop}/products', 'get'>['data'][number]
export type AskWish = Body<'/public/v1/cases/{case}/ask', 'post'>
export type TrackingWish = Body<'/public/v1/cases/{case}/send-back', 'post'>

export const orderKey = (order: string) => ['my-order', order] as const
export const caseKey = (id: string) => ['my-case', id] as const

export function readOrder(purchase: string, signal?: AbortSignal): Promise<Order> {
  return api.GET('/public/v1/orders/{purchase}', { params: { path: { purchase } }, signal })
}

export function readCase(id: string, signal?: AbortSignal): Promise<CaseWhole> {
  return api.GET('/public/v1/cases/{case}', { params: { path: { case: id } }, signal })
}

export function readWhy(id: string, signal?: AbortSignal) {
  return api.GET('/public/v1/cases/{case}/why', { params: { path: { case: id } }, signal })
}

export function listCases(query: { order?: string; closed?: boolean; starting_after?: string; limit?: number }, signal?: AbortSignal) {
  return api.GET('/public/v1/cases', { params: { query }, signal })
}

export function listHarms(purchase: string, signal?: AbortSignal) {
  return api.GET('/public/v1/orders/{purchase}/harms', { params: { path: { purchase } }, signal })
}

export function whyHarmed(purchase: string, signal: AbortSignal) {
  return api.GET('/public/v1/orders/{purchase}/harms/why', { params: { path: { purchase } }, signal })
}

export function quote(purchase: string, wish: CaseWish, signal?: AbortSignal): Promise<Quote> {
  return api.POST('/public/v1/orders/{purchase}/cases/quote', { params: { path: { purchase } }, body: wish, signal })
}

export function openCase(purchase: string, wish: CaseWish): Promise<CaseWhole> {
  return api.POST('/public/v1/orders/{purchase}/cases', { params: { path: { purchase } }, body: wish })
}

/** The product of an item, for the variants it may become; null when the shop no longer sells it. */
export async function readProduct(shop: string, product: string, signal?: AbortSignal): Promise<Product | null> {
  let after: string | undefined
  for (;;) {
    const page = await api.GET('/public/v1/shops/{shop}/products', {
      params: { path: { shop }, query: { limit: 200, ...(after ? { starting_after: after } : {}) } },
      signal,
    })
    const found = page.data.find((one) => one.id === product)
    if (found) return found
    if (!page.has_more || !page.next_cursor) return null
    after = page.next_cursor
  }
}

export interface Given {
  id: string
  name: string
}

/** Keeps a photo with the marketplace; the wish then names it. */
export async function upload(shop: string, file: File): Promise<Given> {
  const conversation = await api.POST('/public/v1/shops/{shop}/conversation', { params: { path: { shop } } })
  const kept = await api.POST('/public/v1/files', {
    params: { query: { conversation_id: conversation.id, name: file.name } },
    body: file as never,
    bodySerializer: (body: unknown) => body as Blob,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  return { id: kept.id, name: file.name }
}

const at = (id: string) => ({ params: { path: { case: id } } })

/** What a buyer may do with a case; each answers with the case as it stands after it. */
export const deeds = {
  accept: (id: string) => api.POST('/public/v1/cases/{case}/accept', { ...at(id), body: {} }),
  acceptDeduction: (id: string) => api.POST('/public/v1/cases/{case}/accept-deduction', { ...at(id), body: {} }),
  withdraw: (id: string) => api.POST('/public/v1/cases/{case}/withdraw', { ...at(id), body: {} }),
  receive: (id: string) => api.POST('/public/v1/cases/{case}/receive', { ...at(id), body: {} }),
  pay: (id: string) => api.POST('/public/v1/cases/{case}/pay', { ...at(id), body: {} }),
  ask: (id: string, body: AskWish) => api.POST('/public/v1/cases/{case}/ask', { ...at(id), body }),
  callPeople: (id: string, body: { text: string; files: string[] }) => api.POST('/public/v1/cases/{case}/call-people', { ...at(id), body }),
  sendBack: (id: string, body: TrackingWish) => api.POST('/public/v1/cases/{case}/send-back', { ...at(id), body }),
  followUp: (id: string, body: { settled: boolean; text: string }) => api.POST('/public/v1/cases/{case}/follow-up', { ...at(id), body }),
}
