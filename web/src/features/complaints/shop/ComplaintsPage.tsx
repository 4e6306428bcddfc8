import { useMemo } from 'react'
import { Link, Navigate, useNavigate, useParams, useSearchParams } from 'react-router'
import { asRefusal, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useShortcut } from '@/ui/shortcuts'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import '../parts/complaints.css'
import { ComplaintList } from '../parts/ComplaintList'
import { ComplaintView } from '../parts/ComplaintView'
import { useComplaint } from '../parts/useComplaint'
import type { Doors } from '../parts/wire'
import { Complain } from './Complain'
import { shopDoors } from './doors'

/** Complaints against the shop, and those it makes about buyers; in the address: which shop, which one is open. */
export default function ComplaintsPage() {
  const { t } = useTranslation('complaints')
  const me = useMe()
  const { shop } = useParams()
  const [search] = useSearchParams()
  const [home] = me.shops
  if (!home) return <StateBlock state="empty" title={t('list.no_shop')} />
  // The link of the hotline names no shop: there is the one somebody works in.
  if (!me.shops.some(({ id }) => id === shop)) return <Navigate to={`/complaints/${home.id}${shop === 'new' ? '/new' : ''}?${search.toString()}`} replace />
  return <OfShop key={shop} shop={shop ?? home.id} />
}

function OfShop({ shop }: { shop: string }) {
  const { t } = useTranslation('complaints')
  const { complaint: open = '' } = useParams()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const doors = useMemo(() => shopDoors(shop), [shop])
  const side = search.get('side') === 'by' ? 'by' : 'against'
  const closed = search.get('closed') === '1'
  useShortcut('escape', () => void navigate(doors.place.list), { label: t('list.close'), enabled: open !== '' })
  const tab = (one: 'by' | 'against', over: boolean) => `${doors.place.list}?side=${one}${over ? '&closed=1' : ''}`
  const tabs = [
    ['against', false],
    ['against', true],
    ['by', false],
    ['by', true],
  ] as const
  return (
    <div className="cp-desk" data-open={open !== ''}>
      <div>
        <title>{t('shop.title')}</title>
        <h1>{t('shop.title')}</h1>
        <nav className="x-tabs" aria-label={t('shop.title')}>
          {tabs.map(([one, over]) => (
            <Link key={`${one}-${over}`} to={tab(one, over)} aria-current={side === one && closed === over ? 'page' : undefined}>
              {t(`shop.${one}_${over ? 'closed' : 'open'}`)}
            </Link>
          ))}
          <Link to={doors.place.one('new')}>{t('shop.new')}</Link>
        </nav>
        <ComplaintList doors={doors} side={side} closed={closed} open={open} />
      </div>
      {open === '' ? null : (
        <aside aria-label={t('nav')}>
          <Link to={doors.place.list} className="cp-button">
            ← {t('list.back')}
          </Link>
          {open === 'new' ? <Complain doors={doors} shop={shop} /> : <One key={open} doors={doors} id={open} />}
        </aside>
      )}
    </div>
  )
}

function One({ doors, id }: { doors: Doors; id: string }) {
  const { query, put } = useComplaint(doors, id)
  const navigate = useNavigate()
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? (
        <ComplaintView
          doors={doors}
          whole={query.data}
          onMoved={(after) => {
            put(after)
            if (after.id !== id) void navigate(doors.place.one(after.id))
          }}
          onDue={() => void query.refetch()}
        />
      ) : null}
    </StateBlock>
  )
}
