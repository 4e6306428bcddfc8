import { api } from '@/api'
import type { Review } from './findings'

/** What the guard would say if this were sent. */
export function review(shop: string, conversation: string, text: string, signal: AbortSignal): Promise<Review> {
  return api.POST('/api/v1/shops/{shop}/guard/review', {
    params: { path: { shop } },
    body: { text, conversation_id: conversation },
    signal,
  })
}
