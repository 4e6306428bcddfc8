import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLocation } from 'react-router'
import { api, useMe } from '@/api'

const KEPT = 'xiaoer.merchant.shop'

export interface ShopChoice {
  id: string
  name: string
}

/** The shops one may look after; an administrator looks after all of the marketplace (the first 200 here). */
export function useShops(): { shops: readonly ShopChoice[]; isPending: boolean } {
  const me = useMe()
  const all = me.role === 'administrator'
  const query = useQuery({
    queryKey: ['platform', 'shops', 'choice'],
    queryFn: ({ signal }) => api.GET('/platform/v1/shops', { params: { query: { limit: 200 } }, signal }),
    enabled: all,
  })
  const managed = useMemo(() => me.shops.filter((shop) => shop.role === 'manager'), [me.shops])
  return { shops: all ? (query.data?.data ?? []) : managed, isPending: all && query.isPending }
}

/** `/queues/<shop>`: the page and the shop of the address. */
export function usePlace(): { section: string; shop: string | null } {
  const [, section = '', shop = ''] = useLocation().pathname.split('/')
  return { section, shop: shop || null }
}

/** The shop of the last visit, while one may still see it. */
export function lastShop(shops: readonly ShopChoice[]): string | null {
  const kept = sessionStorage.getItem(KEPT)
  return shops.find((shop) => shop.id === kept)?.id ?? shops[0]?.id ?? null
}

export function keepShop(shop: string): void {
  sessionStorage.setItem(KEPT, shop)
}
