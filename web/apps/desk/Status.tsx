import { matchPath, useLocation } from 'react-router'
import { useReach } from '@/api'
import OverdueObjections from '@/features/guard/pages/OverdueObjections'
import { AgentStatus } from '@/features/routing/desk/AgentStatus'

/** My state in the shop whose desk is open; for those who judge, what is overdue. */
export default function Status() {
  const { pathname } = useLocation()
  const judges = useReach('objections.judge') !== 'none'
  const shop = matchPath('/:shop/*', pathname)?.params.shop
  if (judges) return <OverdueObjections shop={null} to="/guard" />
  return shop ? <AgentStatus key={shop} shop={shop} /> : null
}
