/** Blocks on the wire, by the names pages use. */
import type { Answer, Body } from '@/api'

export type Block = Answer<'/public/v1/me/blocks', 'get'>['data'][number]
export type BlockWhole = Answer<'/public/v1/me/blocks/{block}', 'get'>
export type BlockWish = Body<'/api/v1/shops/{shop}/blocks', 'post'>
export type Watch = Answer<'/platform/v1/block-figures', 'get'>

export const GROUNDS = ['harassment', 'fraud', 'return_abuse', 'false_information', 'fakes', 'law_breach'] as const
export const SHOP_SCOPES = ['message', 'one_shop'] as const
