import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from 'react-router'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './buyer.css'
import { orderKey, readOrder } from './server'
import { Wizard } from './Wizard'

/** Asking for after-sale about one order. */
export default function WizardPage() {
  const { order = '' } = useParams()
  const { t } = useTranslation('after_sale')
  const navigate = useNavigate()
  const query = useQuery({ queryKey: orderKey(order), queryFn: ({ signal }) => readOrder(order, signal) })
  return (
    <div className="ab-page">
      <title>{t('wish.title')}</title>
      <StateBlock
        state={stateOf(query, false)}
        skeleton="form"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {query.data ? (
          <Wizard
            order={query.data}
            onOpened={(id) => void navigate(`/cases/${id}`, { replace: true })}
            onWay={(way) => void navigate(way === 'chat' ? `/shops/${query.data.shop_id}` : `/orders/${order}`)}
          />
        ) : null}
      </StateBlock>
    </div>
  )
}
