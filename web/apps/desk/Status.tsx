import { matchPath, useLocation } from 'react-router'
import { AgentStatus } from '@/features/routing/desk/AgentStatus'

/** My state in the shop whose desk is open. */
export function Status() {
  const { pathname } = useLocation()
  const shop = matchPath('/:shop/*', pathname)?.params.shop
  return shop ? <AgentStatus key={shop} shop={shop} /> : null
}
