import {
  AlertOutlined,
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  CodeOutlined,
  EyeOutlined,
  GiftOutlined,
  ImportOutlined,
  NotificationOutlined,
  ReconciliationOutlined,
  ShopOutlined,
  StopOutlined,
  UserOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import type { AppRoute } from '../shell/routes'

/** The pages of this app, in the order of the navigation; the empty path is its first page. */
export const routes: readonly AppRoute[] = [
  { path: '', page: () => import('./Home') },
  {
    path: 'shops',
    page: () => import('@/features/identity/shops/ShopsPage'),
    nav: { group: 'home', label: 'identity:shops.nav', icon: <ShopOutlined />, deed: 'shops.write' },
  },
  {
    path: 'people',
    page: () => import('@/features/identity/people/PeoplePage'),
    nav: { group: 'home', label: 'identity:people.nav', icon: <UserOutlined />, deed: 'people.write' },
  },
  {
    path: 'tokens',
    page: () => import('@/features/identity/tokens/TokensPage'),
    nav: { group: 'home', label: 'identity:tokens.nav', icon: <ApiOutlined />, deed: 'tokens.write' },
  },
  {
    path: 'import',
    page: () => import('@/features/orders/import/ImportPage'),
    nav: { group: 'home', label: 'orders:import.nav', icon: <ImportOutlined />, deed: 'imports.write' },
  },
  {
    path: 'widget',
    page: () => import('@/features/identity/widget/WidgetPage'),
    nav: { group: 'home', label: 'identity:widget.nav', icon: <CodeOutlined />, deed: 'marketplace.key' },
  },
  {
    path: 'rules',
    page: () => import('@/features/rulebook/MarketRulebookPage'),
    nav: { group: 'rules', label: 'rulebook:title_marketplace', icon: <BookOutlined />, deed: 'rulebook.write' },
  },
  { path: 'rules/profile', page: () => import('@/features/rulebook/ProfilePage') },
  { path: 'rules/tables/:name', page: () => import('@/features/rulebook/TablePage') },
  {
    path: 'guard/:part?',
    page: () => import('./GuardOfAll'),
    nav: { group: 'rules', label: 'objections:page.title', icon: <AuditOutlined />, deed: 'objections.judge', to: '/guard' },
  },
  {
    path: 'reversals',
    page: () => import('@/features/appeals/people/ReversalsPage'),
    nav: { group: 'rules', label: 'appeals:figures.title', icon: <ReconciliationOutlined />, deed: 'appeals.figures' },
  },
  {
    path: 'intake/:complaint?',
    page: () => import('@/features/complaints/people/IntakePage'),
    nav: { group: 'court', label: 'complaints:people.title', icon: <WarningOutlined />, deed: 'complaints.look', to: '/intake' },
  },
  {
    path: 'decide/:case?',
    page: () => import('@/features/after_sale/people/PeoplePage'),
    nav: { group: 'court', label: 'after_sale:people.title', icon: <AuditOutlined />, deed: 'cases.look' },
  },
  {
    path: 'blocks/:block?',
    page: () => import('@/features/blocks/people/BlocksPage'),
    nav: { group: 'court', label: 'blocks:people.title', icon: <StopOutlined />, deed: 'blocks.look', to: '/blocks' },
  },
  {
    path: 'block-watch',
    page: () => import('@/features/blocks/watch/WatchPage'),
    nav: { group: 'court', label: 'blocks:watch.title', icon: <EyeOutlined />, deed: 'blocks.watch' },
  },
  {
    path: 'penalties',
    page: () => import('@/features/penalties/PenaltiesPage'),
    nav: { group: 'court', label: 'penalties:people.title', icon: <StopOutlined />, deed: 'penalties.look' },
  },
  {
    path: 'measures',
    page: () => import('@/features/measures/MeasuresPage'),
    nav: { group: 'court', label: 'measures:people.title', icon: <NotificationOutlined />, deed: 'measures.look' },
  },
  {
    path: 'compensation/:grant?',
    page: () => import('@/features/compensation/people/ContestedPage'),
    nav: { group: 'money', label: 'compensation:people.title', icon: <GiftOutlined />, deed: 'compensation.look', to: '/compensation' },
  },
  {
    path: 'funds/:shop?',
    page: () => import('@/features/ledger/funds/MarketFundsPage'),
    nav: { group: 'money', label: 'ledger:funds.title', icon: <BankOutlined />, deed: 'ledger.audit' },
  },
  {
    path: 'payouts',
    page: () => import('@/features/ledger/payouts/OpenPayoutsPage'),
    nav: { group: 'money', label: 'ledger:open.title', icon: <AlertOutlined />, deed: 'payouts.decide' },
  },
  {
    path: 'reconciliation',
    page: () => import('@/features/ledger/audit/ReconciliationPage'),
    nav: { group: 'money', label: 'ledger:audit.title', icon: <ReconciliationOutlined />, deed: 'ledger.audit' },
  },
  {
    path: 'dead-letters',
    page: () => import('@/features/plumbing/DeadLettersPage'),
    nav: { group: 'running', label: 'plumbing:letters.title', icon: <WarningOutlined />, deed: 'dead_letters.read' },
  },
]
