/** The doors of whoever a decision concerns: his own, or those of a shop. */
import { api } from '@/api'
import type { AddWish, AppealWhole, AppealWish, Place } from './wire'

export const wholeKey = (place: Place, id: string) => ['appeals', place?.shop ?? 'me', id] as const

export function listAppeals(place: Place, query: { closed?: boolean; limit: number; starting_after?: string }, signal: AbortSignal) {
  return place
    ? api.GET('/api/v1/shops/{shop}/appeals', { params: { path: place, query }, signal })
    : api.GET('/public/v1/me/appeals', { params: { query }, signal })
}

export function readAppeal(place: Place, appeal: string, signal: AbortSignal): Promise<AppealWhole> {
  return place
    ? api.GET('/api/v1/shops/{shop}/appeals/{appeal}', { params: { path: { ...place, appeal } }, signal })
    : api.GET('/public/v1/me/appeals/{appeal}', { params: { path: { appeal } }, signal })
}

export function readWhy(place: Place, appeal: string, signal: AbortSignal) {
  return place
    ? api.GET('/api/v1/shops/{shop}/appeals/{appeal}/why', { params: { path: { ...place, appeal } }, signal })
    : api.GET('/public/v1/me/appeals/{appeal}/why', { params: { path: { appeal } }, signal })
}

export function lodge(place: Place, body: AppealWish): Promise<AppealWhole> {
  return place
    ? api.POST('/api/v1/shops/{shop}/appeals', { params: { path: place }, body })
    : api.POST('/public/v1/me/appeals', { body })
}

export function add(place: Place, appeal: string, body: AddWish): Promise<AppealWhole> {
  return place
    ? api.POST('/api/v1/shops/{shop}/appeals/{appeal}/add', { params: { path: { ...place, appeal } }, body })
    : api.POST('/public/v1/me/appeals/{appeal}/add', { params: { path: { appeal } }, body })
}

export function withdraw(place: Place, appeal: string): Promise<AppealWhole> {
  const body = { text: '' }
  return place
    ? api.POST('/api/v1/shops/{shop}/appeals/{appeal}/withdraw', { params: { path: { ...place, appeal } }, body })
    : api.POST('/public/v1/me/appeals/{appeal}/withdraw', { params: { path: { appeal } }, body })
}
