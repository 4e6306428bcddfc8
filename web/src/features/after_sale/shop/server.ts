/** Everything a shop's people ask the server about cases, one function a door. */
import { api, type Answer, type Body } from '@/api'
import type { CaseState, CaseWhole, CaseWish, Explained, Kind, Quote } from '../parts/wire'

const CASE = '/api/v1/shops/{shop}/cases/{case}'

export interface At {
  shop: string
  case: string
}

export type BoardCount = Answer<'/api/v1/shops/{shop}/cases/board', 'get'>[number]
export type Agreed = Answer<'/api/v1/shops/{shop}/cases/agree', 'post'>[number]
export type Order = Answer<'/api/v1/shops/{shop}/orders/{purchase}', 'get'>
export type Address = Body<'/api/v1/shops/{shop}/cases/{case}/return-address', 'put'>
export type OfferWish = Body<'/api/v1/shops/{shop}/cases/{case}/offer', 'post'>
export type InspectWish = Body<'/api/v1/shops/{shop}/cases/{case}/inspect', 'post'>
export type TrackingWish = Body<'/api/v1/shops/{shop}/cases/{case}/send-out', 'post'>
export type StoredFile = Answer<'/public/v1/files/{file}', 'get'>

export interface CasesAsk {
  order?: 'due' | 'newest'
  state?: CaseState[]
  kind?: Kind
  stage?: number
  due_before?: string
  closed?: boolean
  /** Only those in conversations one serves oneself. */
  mine?: boolean
  purchase?: string
  buyer?: string
  limit: number
  starting_after?: string
}

export function listCases(shop: string, query: CasesAsk, signal: AbortSignal) {
  return api.GET('/api/v1/shops/{shop}/cases', { params: { path: { shop }, query }, signal })
}

export function listHarms(shop: string, purchase: string, signal: AbortSignal) {
  return api.GET('/api/v1/shops/{shop}/orders/{purchase}/harms', { params: { path: { shop, purchase } }, signal })
}

export function whyHarmed(shop: string, purchase: string, signal: AbortSignal) {
  return api.GET('/api/v1/shops/{shop}/orders/{purchase}/harms/why', { params: { path: { shop, purchase } }, signal })
}

export function getBoard(shop: string, signal: AbortSignal): Promise<BoardCount[]> {
  return api.GET('/api/v1/shops/{shop}/cases/board', { params: { path: { shop } }, signal })
}

export function getCase(at: At, signal?: AbortSignal): Promise<CaseWhole> {
  return api.GET(CASE, { params: { path: at }, ...(signal ? { signal } : {}) })
}

export function getWhy(at: At, signal: AbortSignal): Promise<Explained[]> {
  return api.GET(`${CASE}/why`, { params: { path: at }, signal })
}

export function getOrder(shop: string, purchase: string, signal: AbortSignal): Promise<Order> {
  return api.GET('/api/v1/shops/{shop}/orders/{purchase}', { params: { path: { shop, purchase } }, signal })
}

export function postQuote(shop: string, purchase: string, body: CaseWish, signal: AbortSignal): Promise<Quote> {
  return api.POST('/api/v1/shops/{shop}/orders/{purchase}/cases/quote', { params: { path: { shop, purchase } }, body, signal })
}

export function postCase(shop: string, purchase: string, body: CaseWish): Promise<CaseWhole> {
  return api.POST('/api/v1/shops/{shop}/orders/{purchase}/cases', { params: { path: { shop, purchase } }, body })
}

export function agree(at: At, text: string, address: Address | null): Promise<CaseWhole> {
  return api.POST(`${CASE}/agree`, { params: { path: at }, body: { text, return_address: address } })
}

export function agreeMany(shop: string, cases: string[]): Promise<Agreed[]> {
  return api.POST('/api/v1/shops/{shop}/cases/agree', { params: { path: { shop } }, body: { cases } })
}

export function offer(at: At, body: OfferWish): Promise<CaseWhole> {
  return api.POST(`${CASE}/offer`, { params: { path: at }, body })
}

export function refuse(at: At, reason: string, text: string, files: string[]): Promise<CaseWhole> {
  return api.POST(`${CASE}/refuse`, { params: { path: at }, body: { reason, text, files } })
}

export function putAddress(at: At, body: Address): Promise<CaseWhole> {
  return api.PUT(`${CASE}/return-address`, { params: { path: at }, body })
}

export function arrived(at: At): Promise<CaseWhole> {
  return api.POST(`${CASE}/arrived`, { params: { path: at } })
}

export function inspect(at: At, body: InspectWish): Promise<CaseWhole> {
  return api.POST(`${CASE}/inspect`, { params: { path: at }, body })
}

export function sendOut(at: At, body: TrackingWish): Promise<CaseWhole> {
  return api.POST(`${CASE}/send-out`, { params: { path: at }, body })
}

export function repaid(at: At, text: string): Promise<CaseWhole> {
  return api.POST(`${CASE}/repaid`, { params: { path: at }, body: { text, files: [] } })
}

/** The standing address of the shop for what comes back, as its rulebook has it; null when there is none. */
export async function getStandingAddress(shop: string, signal: AbortSignal): Promise<Address | null> {
  const rules = await api.GET('/api/v1/shops/{shop}/rulebook', { params: { path: { shop } }, signal })
  const textOf = (name: string) => {
    const found = rules.data.find(({ parameter }) => parameter.name === name)?.value
    return typeof found === 'string' ? found : ''
  }
  const address = { name: textOf('after_sale.return_name'), phone: textOf('after_sale.return_phone'), text: textOf('after_sale.return_text') }
  return address.name && address.text ? address : null
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
