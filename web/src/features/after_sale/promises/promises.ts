/** What a shop may promise beyond the marketplace: which values, in which groups, and which way is better. Pure. */
import type { Answer } from '@/api'

export type InForce = Answer<'/api/v1/shops/{shop}/rulebook', 'get'>['data'][number]

export const PROMISED = [
  'after_sale.aftersale_handle',
  'after_sale.refund_not_shipped',
  'after_sale.refund_shipped_only',
  'after_sale.return_apply_answer',
  'after_sale.resend_answer',
  'after_sale.buyer_ship_back',
  'after_sale.seller_confirm_return',
  'after_sale.seller_confirm_return_mail',
  'after_sale.refund_after_goods_back',
  'after_sale.seller_send_out',
  'after_sale.repair',
  'after_sale.claim_window',
  'after_sale.claim_window_long',
  'after_sale.fast_refund_max',
  'after_sale.promise_percent',
  'after_sale.dispatch_hours',
] as const

/** How fast the shop promises to answer, when it follows a profile of its own. */
export const ANSWERING = [
  'sla.own_target_seconds',
  'sla.own_warn_percent',
  'sla.own_opens_minute',
  'sla.own_closes_minute',
  'sla.own_good_percent',
] as const

/** Only whole numbers of the shop's own level are promised here; other kinds stand in the rulebook. */
export function promised(all: readonly InForce[], names: readonly string[] = PROMISED): InForce[] {
  const byName = new Map(all.map((one) => [one.parameter.name, one]))
  return names.flatMap((name) => {
    const found = byName.get(name)
    return found && found.parameter.scope === 'shop' && found.parameter.type === 'integer' ? [found] : []
  })
}

export interface Range {
  minimum: number | null
  maximum: number | null
}

/** How far a shop may go: the limits, the law, and not worse than what is shipped. The server decides again. */
export function rangeOf({ parameter, source, value }: InForce): Range {
  const { minimum, maximum, floor, ceiling, better } = parameter
  // What holds above the shop is known only while the shop has nothing of its own.
  const above = source === 'shop' || typeof value !== 'number' ? null : value
  return {
    minimum: highest(minimum, floor, better === 'higher' ? above : null),
    maximum: lowest(maximum, ceiling, better === 'lower' ? above : null),
  }
}

function highest(...bounds: readonly (number | null | undefined)[]): number | null {
  const known = bounds.filter((one): one is number => typeof one === 'number')
  return known.length > 0 ? Math.max(...known) : null
}

function lowest(...bounds: readonly (number | null | undefined)[]): number | null {
  const known = bounds.filter((one): one is number => typeof one === 'number')
  return known.length > 0 ? Math.min(...known) : null
}

export const ADDRESS_PARTS = ['name', 'phone', 'text'] as const

/** The standing return address, as three values of the rulebook. */
export function addressOf(all: readonly InForce[]): Record<(typeof ADDRESS_PARTS)[number], string> {
  const textOf = (part: string) => {
    const value = all.find(({ parameter }) => parameter.name === `after_sale.return_${part}`)?.value
    return typeof value === 'string' ? value : ''
  }
  return { name: textOf('name'), phone: textOf('phone'), text: textOf('text') }
}
