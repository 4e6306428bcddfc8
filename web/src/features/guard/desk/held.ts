import { type Answer, api, type Body, keepFile } from '@/api'

export type Provable = Answer<'/api/v1/shops/{shop}/guard/provable', 'post'>['data'][number]
export type ProofWish = Body<'/api/v1/shops/{shop}/guard/proofs', 'post'>
export type ObjectionWish = Body<'/api/v1/shops/{shop}/guard/objections', 'post'>

/** Words held back, and where they would go. */
export interface HeldWords {
  shop: string
  conversation: string
  text: string
}

const at = (shop: string) => ({ params: { path: { shop } } })

export const provable = ({ shop, conversation, text }: HeldWords, signal: AbortSignal) =>
  api.POST('/api/v1/shops/{shop}/guard/provable', { ...at(shop), body: { text, conversation_id: conversation }, signal })
export const fileProof = (shop: string, body: ProofWish) => api.POST('/api/v1/shops/{shop}/guard/proofs', { ...at(shop), body })
/** The file as the server keeps it from now on; none was given, none is kept. */
export const kept = async (conversation: string, file: File | null): Promise<string | null> => (file ? (await keepFile(conversation, file)).id : null)
export const object = (shop: string, body: ObjectionWish) => api.POST('/api/v1/shops/{shop}/guard/objections', { ...at(shop), body })
