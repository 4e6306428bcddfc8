import { type ComponentType, useEffect } from 'react'
import { Navigate } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { StateBlock } from '@/ui/StateBlock'
import { keepShop, lastShop, usePlace, useShops } from './shops'

type ShopPage = ComponentType<{ shop: string }>

/** Gives a page the shop of its address; without one, the address of the last shop is taken. */
export function ofShop(load: () => Promise<{ default: ShopPage }>): () => Promise<{ default: ComponentType }> {
  return async () => {
    const { default: Page } = await load()
    return { default: () => <OfShop Page={Page} /> }
  }
}

function OfShop({ Page }: { Page: ShopPage }) {
  const { t } = useTranslation('identity')
  const { section, shop } = usePlace()
  const { shops, isPending } = useShops()
  useEffect(() => {
    if (shop) keepShop(shop)
  }, [shop])
  if (isPending) return <StateBlock state="loading" skeleton="table" />
  if (shop) return <Page key={shop} shop={shop} />
  const last = lastShop(shops)
  if (last === null) return <StateBlock state="empty" title={t('shop.none')} hint={t('shop.none_hint')} />
  return <Navigate to={`/${section}/${last}`} replace />
}
