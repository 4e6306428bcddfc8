import { Navigate } from 'react-router'
import { useReach } from '@/api'

/** The first page is the live board, or the team for those who may not see conversations. */
export default function Home() {
  return <Navigate to={useReach('live.read') === 'none' ? '/team' : '/live'} replace />
}
