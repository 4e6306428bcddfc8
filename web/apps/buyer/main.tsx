import { startApp } from '../shell/start'
import { routes } from './routes'

void startApp({ app: 'buyer', density: 'comfortable', routes, roles: ['buyer'], domains: ['conversations', 'orders'] })
