/** The things of a dispute as they travel, by the names the pages use. */
import type { Answer, Body } from '@/api'

export type DisputeWhole = Answer<'/public/v1/me/disputes/{dispute}', 'get'>
export type DisputeLine = Answer<'/public/v1/me/disputes', 'get'>['data'][number]
export type DocketLine = Answer<'/platform/v1/disputes', 'get'>['data'][number]
export type Bench = Answer<'/platform/v1/disputes/{dispute}', 'get'>
export type Draft = Answer<'/platform/v1/disputes/{dispute}/draft', 'get'>
export type RulingWish = Body<'/platform/v1/disputes/{dispute}/rule', 'post'>
export type OpenWish = Body<'/public/v1/cases/{case}/dispute', 'post'>
export type ExhibitWish = Body<'/public/v1/me/disputes/{dispute}/show', 'post'>
export type ProposalWish = Body<'/public/v1/me/disputes/{dispute}/propose', 'post'>
export type SuspendWish = Body<'/public/v1/me/disputes/{dispute}/suspend', 'post'>
export type ProofWish = Body<'/public/v1/me/disputes/{dispute}/prove-court', 'post'>
export type JuryService = Answer<'/public/v1/me/jury', 'get'>
export type Issue = DisputeWhole['issues_shown'][number]
export type Exhibit = DisputeWhole['exhibits'][number]
export type Proposal = DisputeWhole['proposals'][number]
export type Ruling = NonNullable<DisputeWhole['ruling']>
export type Side = DisputeLine['me']
export type Outcome = NonNullable<DisputeLine['outcome']>

/** In whose name somebody looks: his own, or a shop's. */
export type Place = { shop: string } | null

export const OUTCOMES = ['refund', 'return_and_refund', 'partial', 'compensate', 'resend', 'exchange', 'penalise', 'pay_seller', 'not_proved', 'dismissed'] as const satisfies readonly Outcome[]
export const WITH_MONEY: ReadonlySet<string> = new Set(['refund', 'return_and_refund', 'partial', 'compensate'])
