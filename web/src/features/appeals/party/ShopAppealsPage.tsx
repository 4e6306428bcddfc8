import { Link, Navigate, useNavigate, useParams, useSearchParams } from 'react-router'
import { useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Panes } from '@/ui/Matter'
import { StateBlock } from '@/ui/StateBlock'
import { AppealsList } from './AppealsList'
import { AppealView } from './AppealView'
import { askedOf, LodgeForm } from './LodgeForm'

/** A shop's appeals: the list, beside it one of them, or a new one ("new?kind=…&target=…"). */
export default function ShopAppealsPage() {
  const { t } = useTranslation('appeals')
  const me = useMe()
  const { shop, appeal } = useParams()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const [home] = me.shops
  if (!home) return <StateBlock state="empty" title={t('nav')} hint={t('list.no_shop')} />
  if (!me.shops.some(({ id }) => id === shop)) return <Navigate to={{ pathname: `/shop-appeals/${home.id}`, search: `?${search}` }} replace />
  const place = { shop: shop as string }
  const base = `/shop-appeals/${place.shop}`
  const asked = appeal === 'new' ? askedOf(search) : null
  return (
    <Panes
      open={appeal !== undefined}
      label={t('part.appeal')}
      list={
        <div className="x-matter">
          <title>{t('nav')}</title>
          <div className="x-matter-head">
            <h1>{t('nav')}</h1>
            <Link to={`/disputes/${place.shop}`}>{t('party.to_disputes')}</Link>
          </div>
          <AppealsList place={place} base={base} open={appeal} />
        </div>
      }
    >
      <div className="x-matter">
        <div className="x-matter-head">
          <h1>{t(asked ? 'form.title' : 'part.appeal')}</h1>
          <Link to={base}>{t('party.close')}</Link>
        </div>
        {asked ? (
          <LodgeForm place={place} base={base} {...asked} onLodged={(whole) => void navigate(`${base}/${whole.id}`, { replace: true })} />
        ) : appeal && appeal !== 'new' ? (
          <AppealView key={appeal} place={place} id={appeal} />
        ) : null}
      </div>
    </Panes>
  )
}
