/** The doors of a shop to complaints against it and by it. */
import { api } from '@/api'
import { PAGE, PURPOSE, upload } from '../parts/upload'
import type { Deed, Doors, Said, Whole } from '../parts/wire'

const words = ({ text }: Said) => ({ text })
const shown = ({ text, evidence, files }: Said) => ({ text, evidence, files })

function act(shop: string, complaint: string, deed: Deed, said: Said): Promise<Whole> {
  const at = { params: { path: { shop, complaint } } }
  switch (deed) {
    case 'withdraw':
      return api.POST('/api/v1/shops/{shop}/complaints/{complaint}/withdraw', { ...at, body: { text: said.text, free: said.free } })
    case 'accept_apology':
      return api.POST('/api/v1/shops/{shop}/complaints/{complaint}/accept-apology', { ...at, body: words(said) })
    case 'decline_apology':
      return api.POST('/api/v1/shops/{shop}/complaints/{complaint}/decline-apology', { ...at, body: words(said) })
    case 'add':
      return api.POST('/api/v1/shops/{shop}/complaints/{complaint}/add', { ...at, body: shown(said) })
    case 'pressure':
      return api.POST('/api/v1/shops/{shop}/complaints/{complaint}/pressure', { ...at, body: shown(said) })
    case 'apologise':
      return api.POST('/api/v1/shops/{shop}/complaints/{complaint}/apologise', { ...at, body: words(said) })
    case 'answer':
      return api.POST('/api/v1/shops/{shop}/complaints/{complaint}/answer', { ...at, body: shown(said) })
    case 'coached':
      return api.POST('/api/v1/shops/{shop}/complaints/{complaint}/coached', { ...at, body: words(said) })
  }
}

export function shopDoors(shop: string): Doors {
  const at = { path: { shop } }
  return {
    by: 'shop',
    key: ['complaints', shop],
    topic: `shop:${shop}`,
    types: (signal) => api.GET('/api/v1/shops/{shop}/complaint-types', { params: at, signal }),
    prepared: (token, signal) => api.GET('/api/v1/shops/{shop}/complaints/prepared/{token}', { params: { path: { shop, token } }, signal }),
    quote: (body) => api.POST('/api/v1/shops/{shop}/complaints/quote', { params: at, body }),
    lodge: (body) => api.POST('/api/v1/shops/{shop}/complaints', { params: at, body }),
    list: (query, signal) => api.GET('/api/v1/shops/{shop}/complaints', { params: { ...at, query: { limit: 50, ...query } }, signal }),
    read: (complaint, signal) => api.GET('/api/v1/shops/{shop}/complaints/{complaint}', { params: { path: { shop, complaint } }, signal }),
    why: (complaint, signal) => api.GET('/api/v1/shops/{shop}/complaints/{complaint}/why', { params: { path: { shop, complaint } }, signal }),
    act: (complaint, deed, said) => act(shop, complaint, deed, said),
    entries: (conversation, before, signal) =>
      api.GET('/api/v1/shops/{shop}/conversations/{conversation}/entries', {
        params: { path: { shop, conversation }, query: { limit: PAGE, ...(before === null ? {} : { before }) } },
        signal,
      }),
    seal: (conversation, first, last, reason) =>
      api.POST('/api/v1/shops/{shop}/conversations/{conversation}/evidence', { params: { path: { shop, conversation } }, body: { first, last, purpose: PURPOSE, reason } }),
    compare: (number, text) => api.POST('/api/v1/shops/{shop}/evidence/{number}/items', { params: { path: { shop, number } }, body: { kind: 'screenshot', text } }),
    upload,
    place: { list: `/complaints/${shop}`, one: (id) => `/complaints/${shop}/${id}`, dispute: (id) => `/disputes/${shop}/${id}` },
    appeals: { place: { shop }, base: `/shop-appeals/${shop}` },
  }
}
