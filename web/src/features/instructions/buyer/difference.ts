/** What other variants cost more or less, before one asks. Pure. */
import type { Order, Product } from './server'

export type Swaps = Readonly<Record<string, string>>
type Items = readonly Pick<Order['items'][number], 'id' | 'quantity' | 'unit_price_minor' | 'variant_id'>[]
type Goods = readonly { variants: readonly Pick<Product['variants'][number], 'id' | 'price_minor'>[] }[]

/** Lines that really become something else. */
export function swapped(items: Items, swaps: Swaps): { item: string; new_variant: string }[] {
  return items.flatMap((item) => {
    const variant = swaps[item.id]
    return variant && variant !== item.variant_id ? [{ item: item.id, new_variant: variant }] : []
  })
}

/** Minor units; above zero is paid, below zero is paid back. */
export function differenceMinor(items: Items, swaps: Swaps, goods: Goods): number {
  const prices = new Map(goods.flatMap((product) => product.variants.map((one) => [one.id, one.price_minor] as const)))
  let sum = 0
  for (const line of swapped(items, swaps)) {
    const item = items.find((one) => one.id === line.item)
    const price = prices.get(line.new_variant)
    if (item && price !== undefined) sum += item.quantity * (price - item.unit_price_minor)
  }
  return sum
}

export const BUYER_CHANGES = ['cancel', 'address', 'items', 'payment'] as const
export type BuyerChange = (typeof BUYER_CHANGES)[number]

/** The changes a buyer can ask for, in the order they stand, each with the server's answer. */
export function shownChanges(changes: readonly Order['changes'][number][]): (Order['changes'][number] & { kind: BuyerChange })[] {
  return BUYER_CHANGES.flatMap((kind) => {
    const found = changes.find((one) => one.kind === kind)
    return found ? [{ ...found, kind }] : []
  })
}
