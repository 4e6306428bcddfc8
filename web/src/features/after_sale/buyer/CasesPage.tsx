import { Link, useSearchParams } from 'react-router'
import { asRefusal, useCursorPages, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { MoreRows } from '@/ui/MoreRows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './buyer.css'
import { CaseRow } from './CaseRow'
import { listCases } from './server'

/** Everything one has asked for: what is open, and what is over. */
export default function CasesPage() {
  const { t } = useTranslation('after_sale')
  const me = useMe()
  const [search] = useSearchParams()
  const closed = search.get('closed') === '1'
  const pages = useCursorPages(['my-cases', closed], (after, signal) => listCases({ closed, limit: 20, ...(after ? { starting_after: after } : {}) }, signal))
  useTopic(`person:${me.id}`, refreshing(async () => pages.refetch()))
  return (
    <div className="ab-page">
      <title>{t('buyer.nav')}</title>
      <h1>{t('buyer.nav')}</h1>
      <nav className="ab-tabs" aria-label={t('buyer.nav')}>
        <Link to="/cases" aria-current={closed ? undefined : 'page'}>
          {t('buyer.open')}
        </Link>
        <Link to="/cases?closed=1" aria-current={closed ? 'page' : undefined}>
          {t('buyer.closed')}
        </Link>
      </nav>
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="card"
        title={t(closed ? 'buyer.none_closed' : 'buyer.none')}
        hint={t('buyer.none_hint')}
        action={<Link to="/orders">{t('buyer.to_orders')}</Link>}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        <ul className="ab-list">
          {pages.items.map((line) => (
            <li key={line.id}>
              <CaseRow line={line} />
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </div>
  )
}
