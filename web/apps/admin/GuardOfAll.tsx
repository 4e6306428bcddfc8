import { useParams } from 'react-router'
import GuardPage from '@/features/guard/pages/GuardPage'

/** The marketplace's guard: appeals against its lists, and phrases that shall pass. */
export default function GuardOfAll() {
  const { part } = useParams()
  return <GuardPage shop={null} part={part} address={(name) => `/guard/${name}`} />
}
