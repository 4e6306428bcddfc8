import { startApp } from '../shell/start'
import { routes } from './routes'
import { ShopSwitch } from './ShopSwitch'

void startApp({ app: 'merchant', density: 'compact', routes, roles: ['manager', 'administrator'], domains: ['identity'], status: ShopSwitch })
