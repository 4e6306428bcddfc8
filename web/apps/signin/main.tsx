import { startApp } from '../shell/start'
import { routes } from './routes'

void startApp({ app: 'signin', density: 'comfortable', routes, signedIn: false })
