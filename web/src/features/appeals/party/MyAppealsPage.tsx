import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useTranslation } from '@/i18n/react'
import '@/ui/matter.css'
import { AppealsList } from './AppealsList'
import { AppealView } from './AppealView'
import { askedOf, LodgeForm } from './LodgeForm'

const BASE = '/appeals'

/** A buyer's appeals: the list, one of them, or a new one ("new?kind=…&target=…"). */
export default function MyAppealsPage() {
  const { t } = useTranslation('appeals')
  const { appeal } = useParams()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const asked = appeal === 'new' ? askedOf(search) : null
  return (
    <div className="x-matter x-thumb">
      <title>{t('nav')}</title>
      <div className="x-matter-head">
        <h1>{t(asked ? 'form.title' : 'nav')}</h1>
        <Link to={appeal ? BASE : '/disputes'}>{t(appeal ? 'party.to_list' : 'party.to_disputes')}</Link>
      </div>
      {asked ? (
        <LodgeForm place={null} base={BASE} {...asked} onLodged={(whole) => void navigate(`${BASE}/${whole.id}`, { replace: true })} />
      ) : appeal && appeal !== 'new' ? (
        <AppealView place={null} id={appeal} />
      ) : (
        <AppealsList place={null} base={BASE} />
      )}
    </div>
  )
}
