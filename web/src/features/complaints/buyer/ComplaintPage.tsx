import { useMemo } from 'react'
import { useNavigate, useParams } from 'react-router'
import { asRefusal, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import '../parts/complaints.css'
import { ComplaintView } from '../parts/ComplaintView'
import { useComplaint } from '../parts/useComplaint'
import { buyerDoors } from './doors'

/** One complaint one made or is accused in. */
export default function ComplaintPage() {
  const { complaint: id = '' } = useParams()
  const { t } = useTranslation('complaints')
  const me = useMe()
  const doors = useMemo(() => buyerDoors(me.id), [me.id])
  const navigate = useNavigate()
  const { query, put } = useComplaint(doors, id)
  return (
    <div className="cp-page">
      <title>{t('nav')}</title>
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {query.data ? (
          <ComplaintView
            doors={doors}
            whole={query.data}
            onMoved={(after) => {
              put(after)
              if (after.id === id) return
              void query.refetch()
              void navigate(doors.place.one(after.id))
            }}
            onDue={() => void query.refetch()}
          />
        ) : null}
      </StateBlock>
    </div>
  )
}
