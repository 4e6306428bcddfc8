/** The doors of people of the marketplace to complaints. */
import { api, type Answer, type Body } from '@/api'

export type Whole = Answer<'/platform/v1/complaints/{complaint}', 'get'>
export type Line = Answer<'/platform/v1/complaints', 'get'>['data'][number]
export type Finding = Body<'/platform/v1/complaints/{complaint}/acceptance', 'post'>
export type Jump = Body<'/platform/v1/complaints/{complaint}/jump', 'post'>
export type Decision = Body<'/platform/v1/complaints/{complaint}/decide', 'post'>
export type CallWish = Body<'/platform/v1/complaint-calls', 'post'>
export type CallShown = Answer<'/platform/v1/complaint-calls', 'get'>['data'][number]

export const KEY = ['complaints', 'people'] as const
/** No topic tells of all shops. */
export const EVERY_MS = 15_000

const at = (complaint: string) => ({ params: { path: { complaint } } })

export const list = (query: { order: 'due' | 'newest'; closed?: boolean; shop?: string; buyer?: string; limit: number; starting_after?: string }, signal?: AbortSignal) =>
  api.GET('/platform/v1/complaints', { params: { query }, signal })
/** Open complaints of the same against the same: what another one can be merged into. */
export async function alike(whole: Whole, signal?: AbortSignal): Promise<Line[]> {
  const { shop_id, buyer_id } = whole
  const page = await list({ order: 'due', closed: false, limit: 100, ...(shop_id ? { shop: shop_id } : {}), ...(buyer_id ? { buyer: buyer_id } : {}) }, signal)
  return page.data.filter((one) => one.id !== whole.id && one.complainant.id === whole.complainant.id && one.accused.id === whole.accused.id)
}
export const read = (id: string, signal?: AbortSignal) => api.GET('/platform/v1/complaints/{complaint}', { ...at(id), signal })
export const why = (id: string, signal?: AbortSignal) => api.GET('/platform/v1/complaints/{complaint}/why', { ...at(id), signal })
export const find = (id: string, body: Finding) => api.POST('/platform/v1/complaints/{complaint}/acceptance', { ...at(id), body })
export const merge = (id: string, into: string, text: string) => api.POST('/platform/v1/complaints/{complaint}/merge', { ...at(id), body: { into, text } })
export const jump = (id: string, body: Jump) => api.POST('/platform/v1/complaints/{complaint}/jump', { ...at(id), body })
export const decide = (id: string, body: Decision) => api.POST('/platform/v1/complaints/{complaint}/decide', { ...at(id), body })
export const calls = (signal?: AbortSignal) => api.GET('/platform/v1/complaint-calls', { params: { query: { limit: 20 } }, signal })
export const writeDown = (body: CallWish) => api.POST('/platform/v1/complaint-calls', { body })
export const shops = (signal?: AbortSignal) => api.GET('/platform/v1/shops', { params: { query: { limit: 200 } }, signal })
