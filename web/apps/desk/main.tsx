import { lazily } from '@/ui/lazily'
import { startApp } from '../shell/start'
import { routes } from './routes'

void startApp({
  app: 'desk',
  density: 'compact',
  routes,
  domains: ['conversations', 'orders', 'routing'],
  roles: ['agent', 'manager', 'officer'],
  navStyle: 'rail',
  status: lazily(() => import('./Status')),
})
