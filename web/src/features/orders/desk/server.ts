import { api, type Page } from '@/api'
import type { Answer } from '@/api/wire'

export type Order = Answer<'/api/v1/shops/{shop}/orders/{purchase}', 'get'>
export type OrderLine = Answer<'/api/v1/shops/{shop}/orders', 'get'>['data'][number]
export type Parcel = Order['parcels'][number]

export function listOrders(shop: string, query: { buyer: string; q?: string; limit: number; starting_after?: string }, signal: AbortSignal): Promise<Page<OrderLine>> {
  return api.GET('/api/v1/shops/{shop}/orders', { params: { path: { shop }, query }, signal })
}

export function getOrder(shop: string, purchase: string, signal: AbortSignal): Promise<Order> {
  return api.GET('/api/v1/shops/{shop}/orders/{purchase}', { params: { path: { shop, purchase } }, signal })
}
