import { useParams } from 'react-router'
import { useMe } from '@/api'
import StandingPart from '@/features/grading/StandingPart'
import ScoresPage from '@/features/inspection/ScoresPage'

/** Inspected consultations of the shop of the address, or of the first one works for. */
export default function ScoresOfMe() {
  const me = useMe()
  const { shop = me.shops[0]?.id } = useParams()
  return shop ? <ScoresPage key={shop} shop={shop} base={`/scores/${shop}`} Under={StandingPart} /> : null
}
