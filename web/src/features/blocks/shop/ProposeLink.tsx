import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'

/** From an order to the proposal of a block of its buyer. */
export function ProposeLink({ shop, purchase }: { shop: string; purchase: string }) {
  const { t } = useTranslation('blocks')
  const navigate = useNavigate()
  const open = async () => {
    const order = await api.GET('/api/v1/shops/{shop}/orders/{purchase}', { params: { path: { shop, purchase } } })
    await navigate(`/shop-blocks/${shop}?buyer=${order.buyer_id}`)
  }
  return (
    <Button size="small" onClick={() => void open()}>
      {t('propose.title')}
    </Button>
  )
}
