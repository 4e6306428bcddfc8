import { Link, useSearchParams } from 'react-router'
import { useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import '../parts/complaints.css'
import { ComplaintList } from '../parts/ComplaintList'
import { buyerDoors } from './doors'

/** What one complained of, and what one is complained of; what is open, and what is over. */
export default function ComplaintsPage() {
  const { t } = useTranslation('complaints')
  const me = useMe()
  const [search] = useSearchParams()
  const closed = search.get('closed') === '1'
  return (
    <div className="cp-page">
      <title>{t('nav')}</title>
      <h1>{t('nav')}</h1>
      <nav className="cp-tabs" aria-label={t('nav')}>
        <Link to="/complaints" aria-current={closed ? undefined : 'page'}>
          {t('list.open')}
        </Link>
        <Link to="/complaints?closed=1" aria-current={closed ? 'page' : undefined}>
          {t('list.closed')}
        </Link>
        <Link to="/complain">{t('list.new')}</Link>
      </nav>
      <ComplaintList doors={buyerDoors(me.id)} side={null} closed={closed} />
    </div>
  )
}
