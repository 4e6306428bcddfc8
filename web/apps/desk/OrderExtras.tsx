import { useParams, useSearchParams } from 'react-router'
import { OrderCases } from '@/features/after_sale/shop/OrderCases'
import { ComplainAbout } from '@/features/complaints/shop/ComplainAbout'
import { ProposeLink } from '@/features/blocks/shop/ProposeLink'
import { SendPacket } from '@/features/compensation/shop/SendPacket'
import OrderChanges from '@/features/instructions/desk/OrderChanges'

/** What can be done with an order from its card: changes before dispatch, and after-sale cases. */
export default function OrderExtras({ shop, purchase }: { shop: string; purchase: string }) {
  const { conversation } = useParams()
  const [, setQuery] = useSearchParams()
  const openCase = (id: string) =>
    setQuery((before) => {
      const next = new URLSearchParams(before)
      next.set('case', id)
      return next
    })
  return (
    <>
      <OrderChanges shop={shop} purchase={purchase} />
      <OrderCases shop={shop} purchase={purchase} onOpen={openCase} />
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px', marginTop: 6 }}>
        <SendPacket shop={shop} purchase={purchase} {...(conversation ? { conversation } : {})} />
        <ProposeLink shop={shop} purchase={purchase} />
        <ComplainAbout shop={shop} purchase={purchase} />
      </div>
    </>
  )
}
