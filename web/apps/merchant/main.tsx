import { startApp } from '../shell/start'
import { routes } from './routes'

void startApp({ app: 'merchant', density: 'compact', routes, roles: ['manager', 'administrator'] })
