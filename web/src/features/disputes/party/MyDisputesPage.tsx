import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useTranslation } from '@/i18n/react'
import '@/ui/matter.css'
import { DisputesList } from './DisputesList'
import { DisputeView } from './DisputeView'
import { OpenForm } from './OpenForm'

const BASE = '/disputes'

/** A buyer's disputes: the list, one of them, or a new one about a case ("new?case=…"). */
export default function MyDisputesPage() {
  const { t } = useTranslation('disputes')
  const { dispute } = useParams()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const about = dispute === 'new' ? search.get('case') : null
  return (
    <div className="x-matter x-thumb">
      <title>{t('page.disputes')}</title>
      <div className="x-matter-head">
        <h1>{t('page.disputes')}</h1>
        {dispute ? null : <Link to="/jury">{t('jury.title')}</Link>}
        <Link to={dispute ? BASE : '/appeals'}>{t(dispute ? 'page.to_list' : 'page.to_appeals')}</Link>
      </div>
      {about ? (
        <OpenForm place={null} id={about} onOpened={(whole) => void navigate(`${BASE}/${whole.id}`, { replace: true })} />
      ) : dispute && dispute !== 'new' ? (
        <DisputeView key={dispute} place={null} id={dispute} appeals="/appeals" />
      ) : (
        <DisputesList place={null} base={BASE} />
      )}
    </div>
  )
}
