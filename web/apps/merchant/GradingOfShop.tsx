import { useParams } from 'react-router'
import GradingPage from '@/features/grading/GradingPage'

/** The graders' work of one shop, for whoever leads it. */
export default function GradingOfShop({ shop }: { shop: string }) {
  const { part, item } = useParams()
  return (
    <GradingPage
      shop={shop}
      part={part}
      open={item ? { shop, id: item } : null}
      address={(name, open) => `/grading/${shop}/${name}${open ? `/${open.id}` : ''}`}
    />
  )
}
