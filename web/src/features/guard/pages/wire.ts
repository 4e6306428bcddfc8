/** Appeals against the guard, proposed phrases, proofs on file and figures, by the names the pages use. */
import { type Answer, api, type Body } from '@/api'

export type ObjectionLine = Answer<'/api/v1/shops/{shop}/guard/objections', 'get'>['data'][number]
export type ProposalLine = Answer<'/platform/v1/guard/proposals', 'get'>['data'][number]
export type ProofLine = Answer<'/api/v1/shops/{shop}/guard/proofs', 'get'>['data'][number]
export type Heeding = Answer<'/api/v1/shops/{shop}/guard/heeding', 'get'>
export type Decision = Body<'/api/v1/shops/{shop}/guard/objections/{objection}/decision', 'post'>
export type TrialWish = Body<'/api/v1/shops/{shop}/guard/shadow', 'post'>
export type Tried = Answer<'/api/v1/shops/{shop}/guard/shadow', 'post'>

const LIMIT = 20
const page = (after: string | undefined) => ({ limit: LIMIT, ...(after ? { starting_after: after } : {}) })
const of = (proposal: string) => ({ params: { path: { proposal } } })

/** Under which appeals are kept: a decision asks for all of them anew. */
export const KEY = ['guard', 'objections'] as const
/** Under which proposed phrases are kept: an appeal that is upheld may propose one. */
export const PROPOSALS_KEY = ['guard', 'proposals'] as const

interface Asked {
  limit: number
  starting_after?: string
  overdue?: boolean
  mine?: boolean
}

const listed = (shop: string | null, { mine = false, ...query }: Asked, signal: AbortSignal) =>
  shop === null
    ? api.GET('/platform/v1/guard/objections', { params: { query }, signal })
    : api.GET('/api/v1/shops/{shop}/guard/objections', { params: { path: { shop }, query: { ...query, mine } }, signal })
export const objections = (shop: string | null, mine: boolean, after: string | undefined, signal: AbortSignal) => listed(shop, { ...page(after), mine }, signal)
export const overdueObjections = (shop: string | null, signal: AbortSignal) => listed(shop, { limit: 100, overdue: true }, signal)
export const decide = (shop: string | null, objection: string, body: Decision) =>
  shop === null
    ? api.POST('/platform/v1/guard/objections/{objection}/decision', { params: { path: { objection } }, body })
    : api.POST('/api/v1/shops/{shop}/guard/objections/{objection}/decision', { params: { path: { shop, objection } }, body })
export const withdraw = (shop: string, objection: string) =>
  api.POST('/api/v1/shops/{shop}/guard/objections/{objection}/withdrawal', { params: { path: { shop, objection } } })

export const proposals = (after: string | undefined, signal: AbortSignal) => api.GET('/platform/v1/guard/proposals', { params: { query: page(after) }, signal })
export const tryOut = (proposal: string) => api.POST('/platform/v1/guard/proposals/{proposal}/trial', of(proposal))
export const accept = (proposal: string, reason: string) => api.POST('/platform/v1/guard/proposals/{proposal}/acceptance', { ...of(proposal), body: { reason } })
export const decline = (proposal: string, reason: string) => api.POST('/platform/v1/guard/proposals/{proposal}/refusal', { ...of(proposal), body: { reason } })

export const proofs = (shop: string, after: string | undefined, signal: AbortSignal) =>
  api.GET('/api/v1/shops/{shop}/guard/proofs', { params: { path: { shop }, query: page(after) }, signal })
export const endProof = (shop: string, proof: string, reason: string) =>
  api.POST('/api/v1/shops/{shop}/guard/proofs/{proof}/end', { params: { path: { shop, proof } }, body: { reason } })

export const heeding = (shop: string | null, signal: AbortSignal): Promise<Heeding> =>
  shop === null ? api.GET('/platform/v1/guard/heeding', { signal }) : api.GET('/api/v1/shops/{shop}/guard/heeding', { params: { path: { shop } }, signal })
export const tryList = (shop: string, body: TrialWish) => api.POST('/api/v1/shops/{shop}/guard/shadow', { params: { path: { shop } }, body })
