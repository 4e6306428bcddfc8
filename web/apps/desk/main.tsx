import { startApp } from '../shell/start'
import { routes } from './routes'

void startApp({ app: 'desk', density: 'compact', routes, roles: ['agent', 'manager', 'officer'], navStyle: 'rail' })
