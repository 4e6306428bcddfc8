import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { api, asRefusal, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { type About, ComplainForm } from '../parts/ComplainForm'
import '../parts/complaints.css'
import { buyerDoors } from './doors'

/** Complain from an order, from a chat, or by the link of the hotline; the address says which. */
export default function ComplainPage() {
  const { t } = useTranslation('complaints')
  const me = useMe()
  const doors = useMemo(() => buyerDoors(me.id), [me.id])
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const asked = { order: search.get('order'), shop: search.get('shop'), prepared: search.get('prepared') }
  const query = useQuery({
    queryKey: [...doors.key, 'about', asked],
    queryFn: async ({ signal }): Promise<About> => {
      const form = asked.prepared ? await doors.prepared(asked.prepared, signal) : null
      const purchase = form?.order_id ?? asked.order
      const order = purchase ? await api.GET('/public/v1/orders/{purchase}', { params: { path: { purchase } }, signal }) : null
      const shop = order?.shop_id ?? asked.shop
      const talk = shop ? await api.POST('/public/v1/shops/{shop}/conversation', { params: { path: { shop } }, signal }) : null
      return {
        ...(order ? { purchase: order.id, items: order.items.map(({ id, title }) => ({ id, title })) } : {}),
        ...(talk ? { conversation: talk.id } : {}),
        ...(form ? { type: form.type, text: form.text } : {}),
        ...(asked.prepared ? { prepared: asked.prepared } : {}),
      }
    },
  })
  const about = query.data
  return (
    <div className="cp-page">
      <title>{t('form.title')}</title>
      <h1>{t('form.title')}</h1>
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {about && !about.purchase && !about.conversation ? (
          <p>
            {t('form.from_where')} <Link to="/orders">{t('form.to_orders')}</Link>
          </p>
        ) : null}
        {about ? <ComplainForm doors={doors} about={about} onSent={(whole) => void navigate(doors.place.one(whole.merged_into ?? whole.id), { replace: true })} /> : null}
      </StateBlock>
    </div>
  )
}
