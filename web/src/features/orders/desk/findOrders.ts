import { currentLanguage } from '@/i18n'
import { formatMoney } from '@/ui/money'
import { listOrders, type OrderLine } from './server'

const MOST = 8

export interface OrderChoice {
  id: string
  title: string
  detail: string
}

/** A buyer's orders whose number begins with what was typed, or the newest. */
export async function findOrders(shop: string, buyer: string, query: string, signal: AbortSignal): Promise<OrderChoice[]> {
  const page = await listOrders(shop, { buyer, limit: MOST, ...(query ? { q: query } : {}) }, signal)
  return page.data.map((order) => ({ id: order.id, title: order.external_id, detail: detailOf(order) }))
}

function detailOf(order: OrderLine): string {
  const things = order.items.map((item) => item.title).join(', ')
  return `${formatMoney(order.total_minor, order.currency, currentLanguage())} · ${things}`
}
