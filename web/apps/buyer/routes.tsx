import type { AppRoute } from '../shell/routes'

/** The pages of this app, in the order of the navigation; the empty path is its first page. */
export const routes: readonly AppRoute[] = [
  {
    path: '',
    page: () => import('@/features/conversations/buyer/ConversationsPage'),
    nav: { label: 'conversations:buyer.nav', deed: 'conversations.read' },
  },
  {
    path: 'orders',
    page: () => import('@/features/orders/buyer/OrdersPage'),
    nav: { label: 'orders:buyer.nav', deed: 'my_orders.read' },
  },
  {
    path: 'cases',
    page: () => import('@/features/after_sale/buyer/CasesPage'),
    nav: { label: 'after_sale:buyer.nav', deed: 'my_cases.read' },
  },
  { path: 'cases/:case', page: () => import('@/features/after_sale/buyer/CasePage') },
  { path: 'orders/:order', page: () => import('./OrderPage') },
  { path: 'orders/:order/after-sale', page: () => import('@/features/after_sale/buyer/WizardPage') },
  { path: 'shops/:shop', page: () => import('./ChatPage') },
]
