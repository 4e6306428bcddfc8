import { useParams } from 'react-router'
import GradingPage from '@/features/grading/GradingPage'

/** The graders' work of all shops, for people of the marketplace. */
export default function GradingOfAll() {
  const { part, shop, item } = useParams()
  return (
    <GradingPage
      shop={null}
      part={part}
      open={shop && item ? { shop, id: item } : null}
      address={(name, open) => `/grading/${name}${open ? `/${open.shop}/${open.id}` : ''}`}
    />
  )
}
