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
  { path: 'shops/:shop', page: () => import('@/features/conversations/buyer/ChatPage') },
]
