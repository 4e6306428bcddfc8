import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { asRefusal } from '@/api'
import { OrderCases } from '@/features/after_sale/buyer/OrderCases'
import { ComplainLink } from '@/features/complaints/buyer/ComplainLink'
import { Changes } from '@/features/instructions/buyer/Changes'
import { OrderView } from '@/features/instructions/buyer/OrderView'
import { orderKey, readOrder } from '@/features/instructions/buyer/server'
import { StateBlock, stateOf } from '@/ui/StateBlock'

/** One order: what was bought, its after-sale, and what can still be changed. */
export default function OrderPage() {
  const { order = '' } = useParams()
  const query = useQuery({ queryKey: orderKey(order), queryFn: ({ signal }) => readOrder(order, signal) })
  const { data } = query
  return (
    <div style={{ maxWidth: 720, margin: '0 auto', padding: '12px 16px 48px' }}>
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {data ? (
          <>
            <title>{data.external_id}</title>
            <OrderView order={data} />
            <OrderCases order={data.id} canAsk={data.state !== 'pending' && data.state !== 'cancelled'} />
            <Changes order={data} />
            <ComplainLink to={`/complain?order=${data.id}`} words="order.complain" />
          </>
        ) : null}
      </StateBlock>
    </div>
  )
}
