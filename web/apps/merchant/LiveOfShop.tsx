import { useReach } from '@/api'
import LivePage from '@/features/conversations/live/LivePage'
import OverdueObjections from '@/features/guard/pages/OverdueObjections'

/** What needs the manager now, also of the guard's appeals. */
export default function LiveOfShop({ shop }: { shop: string }) {
  const decides = useReach('objections.decide') !== 'none'
  return <LivePage shop={shop} also={decides ? <OverdueObjections shop={shop} to={`/guard/${shop}`} /> : null} />
}
