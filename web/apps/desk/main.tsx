import { startApp } from '../shell/start'
import { routes } from './routes'
import { Status } from './Status'

void startApp({
  app: 'desk',
  density: 'compact',
  routes,
  domains: ['conversations', 'orders', 'routing'],
  roles: ['agent', 'manager', 'officer'],
  navStyle: 'rail',
  status: Status,
})
