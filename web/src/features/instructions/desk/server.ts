/** What the shop's people may ask of the side that owns the orders. */
import { api, type Answer } from '@/api'

const ORDER = '/api/v1/shops/{shop}/orders/{purchase}'

export type Order = Answer<'/api/v1/shops/{shop}/orders/{purchase}', 'get'>
export type Instructed = Answer<'/api/v1/shops/{shop}/orders/{purchase}/instructions', 'get'>['data'][number]
export type Explained = Answer<'/api/v1/shops/{shop}/instructions/{instruction}/why', 'get'>[number]
export type BuyerProfile = Answer<'/api/v1/shops/{shop}/buyers/{buyer}', 'get'>
export type Address = Readonly<Record<string, string>>

export interface At {
  shop: string
  purchase: string
}

export function getOrder(at: At, signal: AbortSignal): Promise<Order> {
  return api.GET(ORDER, { params: { path: at }, signal })
}

export function listInstructions(at: At, signal: AbortSignal) {
  return api.GET(`${ORDER}/instructions`, { params: { path: at, query: { limit: 50 } }, signal })
}

export function getWhy(shop: string, instruction: string, signal: AbortSignal): Promise<Explained[]> {
  return api.GET('/api/v1/shops/{shop}/instructions/{instruction}/why', { params: { path: { shop, instruction } }, signal })
}

export function getBuyer(shop: string, buyer: string, signal: AbortSignal): Promise<BuyerProfile> {
  return api.GET('/api/v1/shops/{shop}/buyers/{buyer}', { params: { path: { shop, buyer } }, signal })
}

export function getProduct(shop: string, product: string, signal: AbortSignal) {
  return api.GET('/api/v1/shops/{shop}/products/{product}', { params: { path: { shop, product } }, signal })
}

/** The reasons the marketplace lists; empty = any words. */
export async function getCancelReasons(shop: string, signal: AbortSignal): Promise<string[]> {
  const rules = await api.GET('/api/v1/shops/{shop}/rulebook', { params: { path: { shop } }, signal })
  const found = rules.data.find(({ parameter }) => parameter.name === 'instructions.cancel_reasons')?.value
  return Array.isArray(found) ? found : []
}

export function cancel(at: At, reason: string, client_id: string): Promise<Instructed> {
  return api.POST(`${ORDER}/cancel`, { params: { path: at }, body: { reason, client_id } })
}

export function changeAddress(at: At, address: Address, client_id: string): Promise<Instructed> {
  return api.POST(`${ORDER}/address`, { params: { path: at }, body: { address: { ...address }, client_id } })
}

export function changeItems(at: At, lines: { item: string; new_variant: string }[], payment_method: string | null, client_id: string): Promise<Instructed> {
  return api.POST(`${ORDER}/items`, { params: { path: at }, body: { lines, payment_method, client_id } })
}

export function changePayment(at: At, payment_method: string, client_id: string): Promise<Instructed> {
  return api.POST(`${ORDER}/payment`, { params: { path: at }, body: { payment_method, client_id } })
}

export function again(shop: string, instruction: string): Promise<Instructed> {
  return api.POST('/api/v1/shops/{shop}/instructions/{instruction}/again', { params: { path: { shop, instruction } } })
}

export function withdraw(shop: string, instruction: string): Promise<Instructed> {
  return api.POST('/api/v1/shops/{shop}/instructions/{instruction}/withdraw', { params: { path: { shop, instruction } } })
}
