import { matchPath, useLocation } from 'react-router'
import { useReach } from '@/api'
import { AgentStatus } from '@/features/routing/desk/AgentStatus'
import { lazily } from '@/ui/lazily'

const OverdueObjections = lazily(() => import('@/features/guard/pages/OverdueObjections'))

/** My state in the shop whose desk is open; for those who judge, what is overdue. */
export function Status() {
  const { pathname } = useLocation()
  const judges = useReach('objections.judge') !== 'none'
  const shop = matchPath('/:shop/*', pathname)?.params.shop
  if (judges) return <OverdueObjections shop={null} to="/guard" />
  return shop ? <AgentStatus key={shop} shop={shop} /> : null
}
