import type { AppRoute } from '../shell/routes'

/** The pages of this app, in the order of the navigation; the empty path is its first page. */
export const routes: readonly AppRoute[] = [
  {
    path: '',
    page: () => import('@/features/conversations/buyer/ConversationsPage'),
    nav: { label: 'conversations:buyer.nav', deed: 'conversations.read', also: ['/shops/'] },
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
  {
    path: 'complaints',
    page: () => import('@/features/complaints/buyer/ComplaintsPage'),
    nav: { label: 'complaints:nav', deed: 'my_complaints.read', also: ['/complain'] },
  },
  { path: 'complaints/:complaint', page: () => import('@/features/complaints/buyer/ComplaintPage') },
  { path: 'complain', page: () => import('@/features/complaints/buyer/ComplainPage') },
  { path: 'cases/:case', page: () => import('@/features/after_sale/buyer/CasePage') },
  {
    path: 'blocks/:block?',
    page: () => import('@/features/blocks/buyer/BlocksPage'),
    nav: { label: 'conversations:buyer.nav_blocks', deed: 'my_blocks.read', to: '/blocks' },
  },
  {
    path: 'measures',
    page: () => import('@/features/penalties/MyMeasuresPage'),
    nav: { label: 'conversations:buyer.nav_measures', deed: 'my_measures.read' },
  },
  {
    path: 'compensation/:grant?',
    page: () => import('@/features/compensation/buyer/GrantsPage'),
    nav: { label: 'conversations:buyer.nav_compensation', deed: 'my_compensation.read', to: '/compensation' },
  },
  { path: 'orders/:order', page: () => import('./OrderPage') },
  { path: 'orders/:order/after-sale', page: () => import('@/features/after_sale/buyer/WizardPage') },
  {
    path: 'disputes',
    page: () => import('@/features/disputes/party/MyDisputesPage'),
    nav: { label: 'conversations:buyer.nav_disputes', deed: 'my_disputes.read', also: ['/appeals', '/jury'] },
  },
  { path: 'disputes/:dispute', page: () => import('@/features/disputes/party/MyDisputesPage') },
  { path: 'jury/:dispute?', page: () => import('@/features/disputes/party/JuryPage') },
  { path: 'appeals/:appeal?', page: () => import('@/features/appeals/party/MyAppealsPage') },
  { path: 'shops/:shop', page: () => import('./ChatPage') },
]
