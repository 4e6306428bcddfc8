/** Samples, sheets, appeals against scores and agreement on the wire, by the names the pages use. */
import { type Answer, api, type Body } from '@/api'

export type SampleLine = Answer<'/api/v1/shops/{shop}/grading-samples', 'get'>['data'][number]
export type SampleWhole = Answer<'/api/v1/shops/{shop}/grading-samples/{sample}', 'get'>
export type Worksheet = Answer<'/api/v1/shops/{shop}/grading-samples/{sample}/open', 'post'>
export type Grade = SampleWhole['grades'][number]
export type Sheet = Body<'/api/v1/shops/{shop}/grading-samples/{sample}/grade', 'post'>
export type StepName = Sheet['steps'][number]['step']
export type PartName = Sheet['parts'][number]['part']
export type TalkLine = Worksheet['talk'][number]
export type AppealLine = Answer<'/api/v1/shops/{shop}/score-appeals', 'get'>['data'][number]
export type AppealOpened = Answer<'/api/v1/shops/{shop}/score-appeals/{score_appeal}/open', 'post'>
export type Standing = Answer<'/api/v1/shops/{shop}/inspections/{inspection}/standing', 'get'>
export type Agreement = Answer<'/api/v1/shops/{shop}/grading-agreement', 'get'>
export type AgreementLine = Agreement['lines'][number]
export type Kappa = AgreementLine['graders']

const sampleAt = (shop: string, sample: string) => ({ params: { path: { shop, sample } } })
const appealAt = (shop: string, id: string) => ({ params: { path: { shop, score_appeal: id } } })
const scoreAt = (shop: string, inspection: string) => ({ params: { path: { shop, inspection } } })

/** The work of a shop, or (null) of all shops. */
export const samples = (shop: string | null, over: boolean, after: string | undefined, signal: AbortSignal) => {
  const query = { over, limit: 50, ...(after ? { starting_after: after } : {}) }
  return shop === null
    ? api.GET('/platform/v1/grading-samples', { params: { query }, signal })
    : api.GET('/api/v1/shops/{shop}/grading-samples', { params: { path: { shop }, query }, signal })
}

/** The appeals against scores of a shop, or (null) of all shops. */
export const appeals = (shop: string | null, over: boolean, after: string | undefined, signal: AbortSignal) => {
  const query = { over, limit: 50, ...(after ? { starting_after: after } : {}) }
  return shop === null
    ? api.GET('/platform/v1/score-appeals', { params: { query }, signal })
    : api.GET('/api/v1/shops/{shop}/score-appeals', { params: { path: { shop }, query }, signal })
}

export const draw = (shop: string, body: Body<'/api/v1/shops/{shop}/grading-draws', 'post'>) =>
  api.POST('/api/v1/shops/{shop}/grading-draws', { params: { path: { shop } }, body })
export const openSample = (shop: string, id: string) => api.POST('/api/v1/shops/{shop}/grading-samples/{sample}/open', sampleAt(shop, id))
export const giveGrade = (shop: string, id: string, body: Sheet) =>
  api.POST('/api/v1/shops/{shop}/grading-samples/{sample}/grade', { ...sampleAt(shop, id), body })
export const wholeSample = (shop: string, id: string, signal: AbortSignal) =>
  api.GET('/api/v1/shops/{shop}/grading-samples/{sample}', { ...sampleAt(shop, id), signal })
export const whySample = (shop: string, id: string, signal: AbortSignal) =>
  api.GET('/api/v1/shops/{shop}/grading-samples/{sample}/why', { ...sampleAt(shop, id), signal })
export const openAppeal = (shop: string, id: string) => api.POST('/api/v1/shops/{shop}/score-appeals/{score_appeal}/open', appealAt(shop, id))
export const decideAppeal = (shop: string, id: string, reason: string, sheet: Sheet | null) =>
  api.POST('/api/v1/shops/{shop}/score-appeals/{score_appeal}/decision', { ...appealAt(shop, id), body: { reason, sheet } })
export const withdrawAppeal = (shop: string, id: string) =>
  api.POST('/api/v1/shops/{shop}/score-appeals/{score_appeal}/withdrawal', appealAt(shop, id))
export const standing = (shop: string, score: string, signal: AbortSignal) =>
  api.GET('/api/v1/shops/{shop}/inspections/{inspection}/standing', { ...scoreAt(shop, score), signal })
export const whyStanding = (shop: string, score: string, signal: AbortSignal) =>
  api.GET('/api/v1/shops/{shop}/inspections/{inspection}/standing/why', { ...scoreAt(shop, score), signal })
export const lodge = (shop: string, score: string, text: string) =>
  api.POST('/api/v1/shops/{shop}/inspections/{inspection}/appeal', { ...scoreAt(shop, score), body: { text } })
export const agreement = (shop: string, signal: AbortSignal) =>
  api.GET('/api/v1/shops/{shop}/grading-agreement', { params: { path: { shop } }, signal })
