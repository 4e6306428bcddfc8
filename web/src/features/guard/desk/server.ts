import { api } from '@/api'
import type { Review } from './findings'

type Loose = { POST: (path: string, init: { params: { path: object }; body: unknown; signal: AbortSignal }) => Promise<unknown> }

/** What the guard would say if this were sent. */
export function review(shop: string, conversation: string, text: string, signal: AbortSignal): Promise<Review> {
  const call = api as unknown as Loose
  return call.POST('/api/v1/shops/{shop}/guard/review', {
    params: { path: { shop } },
    body: { text, conversation_id: conversation },
    signal,
  }) as Promise<Review>
}
