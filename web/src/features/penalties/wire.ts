/** Penalties and a shop's standing as they travel, by the names the pages use. */
import type { Answer, AppealPlace, Body } from '@/api'

export type Standing = Answer<'/api/v1/shops/{shop}/standing', 'get'>
export type Measure = Standing['measures'][number]
export type Penalty = Standing['penalties'][number]
export type PenaltyWhole = Answer<'/platform/v1/penalties/{penalty}', 'get'>
export type Explained = Answer<'/platform/v1/penalties/{penalty}/why', 'get'>[number]
export type Exam = Answer<'/api/v1/shops/{shop}/exam', 'get'>
export type ExamTry = Answer<'/api/v1/shops/{shop}/exam', 'post'>
export type NewPenalty = Body<'/platform/v1/penalties', 'post'>

/** In whose name penalties and measures are appealed, and where; `outside`: in another app. */
export interface Appeals {
  place: AppealPlace
  base: string
  outside?: boolean
}

/** How one side reads a penalty: a shop its own, people of the marketplace everybody's. */
export interface Doors {
  key: readonly string[]
  read: (penalty: string, signal?: AbortSignal) => Promise<PenaltyWhole>
  why: (penalty: string, signal?: AbortSignal) => Promise<Explained[]>
  /** In whose name it is appealed, and where; nothing for those who do not. */
  appeals?: Appeals
}
