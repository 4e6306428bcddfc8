import { useParams } from 'react-router'
import GuardPage from '@/features/guard/pages/GuardPage'

/** The guard of one shop, for whoever leads it. */
export default function GuardOfShop({ shop }: { shop: string }) {
  const { part } = useParams()
  return <GuardPage shop={shop} part={part} address={(name) => `/guard/${shop}/${name}`} />
}
