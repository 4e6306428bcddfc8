import { useParams } from 'react-router'
import { useMe, useReach } from '@/api'
import GuardPage from '@/features/guard/pages/GuardPage'
import MyObjections from '@/features/guard/pages/MyObjections'

/** The marketplace's guard for those who judge; for others their own appeals, in the shop of the address or their first. */
export default function GuardOfAll() {
  const me = useMe()
  const judges = useReach('objections.judge') !== 'none'
  const { part, shop = me.shops[0]?.id } = useParams()
  if (judges) return <GuardPage shop={null} part={part} address={(name) => `/guard/${name}`} />
  return shop ? <MyObjections key={shop} shop={shop} /> : null
}
