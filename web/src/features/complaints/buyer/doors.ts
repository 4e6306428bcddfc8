/** The doors of a buyer to his complaints. */
import { api } from '@/api'
import { PAGE, PURPOSE, upload } from '../parts/upload'
import type { Doors, Said } from '../parts/wire'

const at = (id: string) => ({ params: { path: { complaint: id } } })
const words = ({ text }: Said) => ({ text })
const shown = ({ text, evidence, files }: Said) => ({ text, evidence, files })

/** What a buyer may do, deed by deed; each answers with the complaint as it stands after it. */
const deeds = {
  withdraw: (id: string, said: Said) => api.POST('/public/v1/me/complaints/{complaint}/withdraw', { ...at(id), body: { text: said.text, free: said.free } }),
  accept_apology: (id: string, said: Said) => api.POST('/public/v1/me/complaints/{complaint}/accept-apology', { ...at(id), body: words(said) }),
  decline_apology: (id: string, said: Said) => api.POST('/public/v1/me/complaints/{complaint}/decline-apology', { ...at(id), body: words(said) }),
  add: (id: string, said: Said) => api.POST('/public/v1/me/complaints/{complaint}/add', { ...at(id), body: shown(said) }),
  pressure: (id: string, said: Said) => api.POST('/public/v1/me/complaints/{complaint}/pressure', { ...at(id), body: shown(said) }),
  apologise: (id: string, said: Said) => api.POST('/public/v1/me/complaints/{complaint}/apologise', { ...at(id), body: words(said) }),
  answer: (id: string, said: Said) => api.POST('/public/v1/me/complaints/{complaint}/answer', { ...at(id), body: shown(said) }),
  coached: () => Promise.reject(new Error('a buyer coaches nobody')),
}

export function buyerDoors(person: string): Doors {
  return {
    by: 'buyer',
    key: ['complaints', 'mine'],
    topic: `person:${person}`,
    types: (signal) => api.GET('/public/v1/me/complaint-types', { signal }),
    prepared: (token, signal) => api.GET('/public/v1/me/complaints/prepared/{token}', { params: { path: { token } }, signal }),
    quote: (body) => api.POST('/public/v1/me/complaints/quote', { body }),
    lodge: (body) => api.POST('/public/v1/me/complaints', { body }),
    list: (query, signal) => api.GET('/public/v1/me/complaints', { params: { query: { limit: 20, ...query } }, signal }),
    read: (id, signal) => api.GET('/public/v1/me/complaints/{complaint}', { ...at(id), signal }),
    why: (id, signal) => api.GET('/public/v1/me/complaints/{complaint}/why', { ...at(id), signal }),
    act: (id, deed, said) => deeds[deed](id, said),
    entries: (conversation, before, signal) =>
      api.GET('/public/v1/conversations/{conversation}/entries', { params: { path: { conversation }, query: { limit: PAGE, ...(before === null ? {} : { before }) } }, signal }),
    seal: (conversation, first, last, reason) =>
      api.POST('/public/v1/conversations/{conversation}/evidence', { params: { path: { conversation } }, body: { first, last, purpose: PURPOSE, reason } }),
    compare: (number, text) => api.POST('/public/v1/evidence/{number}/items', { params: { path: { number } }, body: { kind: 'screenshot', text } }),
    upload,
    place: { list: '/complaints', one: (id) => `/complaints/${id}`, dispute: (id) => `/disputes/${id}` },
    appeals: { place: null, base: '/appeals' },
  }
}
