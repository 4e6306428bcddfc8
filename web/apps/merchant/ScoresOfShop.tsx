import StandingPart from '@/features/grading/StandingPart'
import ScoresPage from '@/features/inspection/ScoresPage'

/** Inspected consultations, for whoever leads the shop. */
export default function ScoresOfShop({ shop }: { shop: string }) {
  return <ScoresPage shop={shop} base={`/scores/${shop}`} Under={StandingPart} />
}
