/** The things of an appeal as they travel, by the names the pages use. */
import type { Answer, AppealKind, AppealPlace, Body } from '@/api'

export type AppealWhole = Answer<'/public/v1/me/appeals/{appeal}', 'get'>
export type AppealLine = Answer<'/public/v1/me/appeals', 'get'>['data'][number]
export type AppealWish = Body<'/public/v1/me/appeals', 'post'>
export type AddWish = Body<'/public/v1/me/appeals/{appeal}/add', 'post'>
export type DecideWish = Body<'/platform/v1/appeals/{appeal}/decide', 'post'>
export type Evidence = AppealWhole['evidence'][number]
export type Statement = NonNullable<AppealWhole['statement']>
export type TargetKind = AppealKind
export type Officer = { id: string; name: string }

/** In whose name somebody looks: his own, or a shop's. */
export type Place = AppealPlace
