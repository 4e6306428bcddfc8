/** The doors of a buyer to changes of his order. */
import { api, type Answer } from '@/api'

export type Order = Answer<'/public/v1/orders/{purchase}', 'get'>
export type Possible = Order['changes'][number]
export type Profile = Answer<'/public/v1/profile', 'get'>
export type Method = Profile['payment_methods'][number]
/** How a change stands: confirmed at once, or still with the order side. */
export interface Instructed {
  state: string
}
export type Product = Answer<'/public/v1/shops/{shop}/products', 'get'>['data'][number]

export const orderKey = (order: string) => ['my-order', order] as const

export function readOrder(purchase: string, signal?: AbortSignal): Promise<Order> {
  return api.GET('/public/v1/orders/{purchase}', { params: { path: { purchase } }, signal })
}

export function readProfile(signal?: AbortSignal): Promise<Profile> {
  return api.GET('/public/v1/profile', { signal })
}

/** What a shop sells now, for the variants an item may become. */
export async function readProducts(shop: string, signal?: AbortSignal): Promise<Product[]> {
  const found: Product[] = []
  let after: string | null | undefined
  do {
    const page = await api.GET('/public/v1/shops/{shop}/products', {
      params: { path: { shop }, query: { limit: 200, ...(after ? { starting_after: after } : {}) } },
      signal,
    })
    found.push(...page.data)
    after = page.has_more ? page.next_cursor : null
  } while (after)
  return found
}

/** Pay what other items cost more; with this way to pay. */
export function topUp(purchase: string, instruction: string, method: string | null): Promise<Instructed> {
  return api.POST('/public/v1/orders/{purchase}/instructions/{instruction}/pay', {
    params: { path: { purchase, instruction } },
    body: method === null ? {} : { payment_method: method },
  })
}

/** Leave the order as it is. */
export function giveUp(purchase: string, instruction: string): Promise<Instructed> {
  return api.POST('/public/v1/orders/{purchase}/instructions/{instruction}/withdraw', { params: { path: { purchase, instruction } } })
}

const at = (purchase: string) => ({ params: { path: { purchase } } })

/** Each is asked of the side that owns the orders; asking twice with one `client_id` asks once. */
export const changes = {
  cancel: (purchase: string, body: { reason: string; client_id: string }) => api.POST('/public/v1/orders/{purchase}/cancel', { ...at(purchase), body }),
  address: (purchase: string, body: { address: Record<string, string>; client_id: string }) =>
    api.POST('/public/v1/orders/{purchase}/address', { ...at(purchase), body }),
  items: (purchase: string, body: { lines: { item: string; new_variant: string }[]; payment_method?: string; client_id: string }) =>
    api.POST('/public/v1/orders/{purchase}/items', { ...at(purchase), body }),
  payment: (purchase: string, body: { payment_method: string; client_id: string }) =>
    api.POST('/public/v1/orders/{purchase}/payment', { ...at(purchase), body }),
}
