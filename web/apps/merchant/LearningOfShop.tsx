import LearningPage from '@/features/learning/LearningPage'

/** Learning, for whoever leads the shop. */
export default function LearningOfShop({ shop }: { shop: string }) {
  return <LearningPage shop={shop} leads base={`/learning/${shop}`} />
}
