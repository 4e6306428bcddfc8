import { ApiOutlined, BookOutlined, CodeOutlined, ImportOutlined, ShopOutlined, UserOutlined } from '@ant-design/icons'
import type { AppRoute } from '../shell/routes'

/** The pages of this app, in the order of the navigation; the empty path is its first page. */
export const routes: readonly AppRoute[] = [
  { path: '', page: () => import('./Home') },
  {
    path: 'shops',
    page: () => import('@/features/identity/shops/ShopsPage'),
    nav: { label: 'identity:shops.nav', icon: <ShopOutlined />, deed: 'shops.write' },
  },
  {
    path: 'people',
    page: () => import('@/features/identity/people/PeoplePage'),
    nav: { label: 'identity:people.nav', icon: <UserOutlined />, deed: 'people.write' },
  },
  {
    path: 'tokens',
    page: () => import('@/features/identity/tokens/TokensPage'),
    nav: { label: 'identity:tokens.nav', icon: <ApiOutlined />, deed: 'tokens.write' },
  },
  {
    path: 'import',
    page: () => import('@/features/orders/import/ImportPage'),
    nav: { label: 'orders:import.nav', icon: <ImportOutlined />, deed: 'imports.write' },
  },
  {
    path: 'widget',
    page: () => import('@/features/identity/widget/WidgetPage'),
    nav: { label: 'identity:widget.nav', icon: <CodeOutlined />, deed: 'marketplace.key' },
  },
  {
    path: 'rules',
    page: () => import('@/features/rulebook/MarketRulebookPage'),
    nav: { label: 'rulebook:title_marketplace', icon: <BookOutlined />, deed: 'rulebook.write' },
  },
]
