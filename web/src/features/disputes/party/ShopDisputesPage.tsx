import { Link, Navigate, useNavigate, useParams, useSearchParams } from 'react-router'
import { useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Panes } from '@/ui/Matter'
import { StateBlock } from '@/ui/StateBlock'
import { DisputesList } from './DisputesList'
import { DisputeView } from './DisputeView'
import { OpenForm } from './OpenForm'

/** A shop's disputes by due time, beside it the one that is open; the same as a buyer sees, from the other side. */
export default function ShopDisputesPage() {
  const { t } = useTranslation('disputes')
  const me = useMe()
  const { shop, dispute } = useParams()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const [home] = me.shops
  if (!home) return <StateBlock state="empty" title={t('page.disputes')} hint={t('page.no_shop')} />
  const known = me.shops.find(({ id }) => id === shop)
  if (!known) return <Navigate to={`/disputes/${home.id}`} replace />
  const place = { shop: known.id }
  const base = `/disputes/${known.id}`
  const about = dispute === 'new' ? search.get('case') : null
  return (
    <Panes
      open={dispute !== undefined}
      label={t('page.dispute')}
      list={
        <div className="x-matter">
          <title>{t('page.disputes')}</title>
          <div className="x-matter-head">
            <h1>{t('page.disputes')}</h1>
            <Link to={`/shop-appeals/${known.id}`}>{t('page.to_appeals')}</Link>
          </div>
          {me.shops.length > 1 ? (
            <nav className="x-tabs" aria-label={t('page.shops')}>
              {me.shops.map((one) => (
                <Link key={one.id} to={`/disputes/${one.id}`} aria-current={one.id === known.id ? 'page' : undefined}>
                  {one.name}
                </Link>
              ))}
            </nav>
          ) : null}
          <DisputesList place={place} base={base} open={dispute} />
        </div>
      }
    >
      <div className="x-matter">
        <div className="x-matter-head">
          <h1>{t('page.dispute')}</h1>
          <Link to={base}>{t('page.close')}</Link>
        </div>
        {about ? (
          <OpenForm place={place} id={about} onOpened={(whole) => void navigate(`${base}/${whole.id}`, { replace: true })} />
        ) : dispute && dispute !== 'new' ? (
          <DisputeView key={dispute} place={place} id={dispute} appeals={`/shop-appeals/${known.id}`} />
        ) : null}
      </div>
    </Panes>
  )
}
