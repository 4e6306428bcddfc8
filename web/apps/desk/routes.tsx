// Only icons that the desk draws anyway: its first page is counted in bytes.
import { CarOutlined, CheckOutlined, EyeOutlined, ExclamationCircleOutlined, MessageOutlined, PaperClipOutlined } from '@ant-design/icons'
import type { AppRoute } from '../shell/routes'

/** The pages of this app: a shop's desk with the conversation that is open, its cases, and what officers decide. */
export const routes: readonly AppRoute[] = [
  {
    path: ':shop?/:conversation?',
    page: () => import('./DeskPage'),
    nav: { label: 'conversations:desk.nav', icon: <MessageOutlined />, deed: 'conversations.take', to: '/' },
  },
  {
    path: 'cases/:shop?/:case?',
    page: () => import('@/features/after_sale/board/BoardPage'),
    nav: { label: 'conversations:desk.nav_cases', icon: <CarOutlined />, deed: 'cases.answer', to: '/cases' },
  },
  {
    path: 'decide/:case?',
    page: () => import('@/features/after_sale/people/PeoplePage'),
    nav: { label: 'conversations:desk.nav_decide', icon: <CheckOutlined />, deed: 'cases.look', to: '/decide' },
  },
  {
    path: 'payouts',
    page: () => import('@/features/ledger/payouts/OpenPayoutsPage'),
    nav: { label: 'conversations:desk.nav_payouts', icon: <ExclamationCircleOutlined />, deed: 'payouts.decide' },
  },
  {
    path: 'reconciliation',
    page: () => import('@/features/ledger/audit/ReconciliationPage'),
    nav: { label: 'conversations:desk.nav_reconciliation', icon: <EyeOutlined />, deed: 'ledger.audit' },
  },
  {
    path: 'funds/:shop?',
    page: () => import('@/features/ledger/funds/MarketFundsPage'),
    nav: { label: 'conversations:desk.nav_funds', icon: <PaperClipOutlined />, deed: 'ledger.audit', to: '/funds' },
  },
]
