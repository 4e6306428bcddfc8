import { startApp } from '../shell/start'
import { routes } from './routes'

void startApp({ app: 'admin', density: 'compact', routes, roles: ['administrator'] })
