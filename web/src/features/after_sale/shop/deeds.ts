/** The buttons of a case for the shop, from what the server allows. Pure. */
import type { CaseWhole } from '../parts/wire'

export const SHOP_DEEDS = ['agree', 'offer', 'refuse', 'return_address', 'arrived', 'inspect', 'send_out', 'repaid'] as const
export type ShopDeed = (typeof SHOP_DEEDS)[number]

/** What could only be done at another time would clutter; a limit that is used up is worth telling. */
const TOLD: ReadonlySet<string> = new Set(['after_sale.offers_used_up'])

export function hidden(one: Pick<CaseWhole, 'deeds'>, deed: ShopDeed): boolean {
  const found = one.deeds.find((each) => each.deed === deed)
  return !found?.allowed && !TOLD.has(found?.code ?? '')
}

export function allowed(one: Pick<CaseWhole, 'deeds'>, deed: string): boolean {
  return one.deeds.some((each) => each.deed === deed && each.allowed)
}

/** The one thing to do next, in the order in which cases go on. */
export function primaryDeed(one: Pick<CaseWhole, 'deeds'>): ShopDeed | null {
  return (['agree', 'inspect', 'send_out', 'repaid', 'return_address'] as const).find((deed) => allowed(one, deed)) ?? null
}
