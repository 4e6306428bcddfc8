/** The things of a case as they travel, by the names the pages use. */
import type { Answer, Body } from '@/api'

export type CaseWhole = Answer<'/public/v1/cases/{case}', 'get'>
export type CaseLine = Answer<'/public/v1/cases', 'get'>['data'][number]
export type Quote = Answer<'/public/v1/orders/{purchase}/cases/quote', 'post'>
export type CaseWish = Body<'/public/v1/orders/{purchase}/cases', 'post'>
export type Explained = Answer<'/public/v1/cases/{case}/why', 'get'>[number]
export type CaseState = CaseLine['state']
export type Kind = CaseLine['kind']
export type Step = CaseWhole['timeline'][number]
export type Offer = CaseWhole['offers'][number]
export type MoneyLine = CaseWhole['money'][number]
export type CaseFile = Step['files'][number]

/** Who looks at the case; the words differ: "your turn" for one is "the buyer's turn" for the other. */
export type Viewer = 'buyer' | 'shop' | 'people'
