import { useParams } from 'react-router'
import { useMe, useReach } from '@/api'
import LearningPage from '@/features/learning/LearningPage'

/** What one can learn in the shop of the address, or in the first one works for. */
export default function LearningOfMe() {
  const me = useMe()
  const leads = useReach('learning.decide') !== 'none'
  const { shop = me.shops[0]?.id } = useParams()
  return shop ? <LearningPage key={shop} shop={shop} leads={leads} base={`/learning/${shop}`} /> : null
}
