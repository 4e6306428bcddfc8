import type { api as Api, Entry, Wish } from '@/api'

/** A message through the other door: staff write in a shop, buyers on their own. */
export function postWish(api: Pick<typeof Api, 'POST'>, wish: Wish, shop: string | null): Promise<Entry> {
  const conversation = wish.conversation_id
  if (shop === null) {
    return api.POST('/public/v1/conversations/{conversation}/entries', { params: { path: { conversation } }, body: wish })
  }
  return api.POST('/api/v1/shops/{shop}/conversations/{conversation}/entries', {
    params: { path: { shop, conversation } },
    body: wish,
  })
}
