import { startApp } from '../shell/start'
import { routes } from './routes'
import { Status } from './Status'

void startApp({ app: 'admin', density: 'compact', routes, roles: ['administrator'], status: Status })
