import { useParams } from 'react-router'
import { useMe } from '@/api'
import MyObjections from '@/features/guard/pages/MyObjections'

/** One's appeals against the guard in the shop of the address, or in the first one works for. */
export default function MyObjectionsPage() {
  const me = useMe()
  const { shop = me.shops[0]?.id } = useParams()
  return shop ? <MyObjections key={shop} shop={shop} /> : null
}
