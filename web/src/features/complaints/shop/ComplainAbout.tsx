import { Link, useParams } from 'react-router'
import { useTranslation } from '@/i18n/react'

/** The way from an order at the desk to a complaint about its buyer; the open conversation comes along. */
export function ComplainAbout({ shop, purchase }: { shop: string; purchase: string }) {
  const { t } = useTranslation('complaints')
  const { conversation } = useParams()
  const query = new URLSearchParams({ order: purchase, ...(conversation ? { conversation } : {}) })
  return <Link to={`/complaints/${shop}/new?${query.toString()}`}>{t('shop.new')}</Link>
}
