// Only icons that the desk draws anyway, or those of one line: its first page is counted in bytes.
import { CarOutlined, EyeOutlined, ExclamationCircleOutlined, MessageOutlined } from '@ant-design/icons'
import type { AppRoute } from '../shell/routes'
import { back, barred, book, coin, gift, listed, scales, shield, star, warning } from './glyphs'

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
    path: 'complaints/:shop?/:complaint?',
    page: () => import('@/features/complaints/shop/ComplaintsPage'),
    nav: { label: 'conversations:desk.nav_complaints', icon: <ExclamationCircleOutlined />, deed: 'complaints.answer', to: '/complaints' },
  },
  {
    path: 'intake/:complaint?',
    page: () => import('@/features/complaints/people/IntakePage'),
    nav: { label: 'conversations:desk.nav_intake', icon: <ExclamationCircleOutlined />, deed: 'complaints.decide', to: '/intake' },
  },
  {
    path: 'decide/:case?',
    page: () => import('@/features/after_sale/people/PeoplePage'),
    nav: { label: 'conversations:desk.nav_decide', icon: listed, deed: 'cases.look', to: '/decide' },
  },
  {
    path: 'penalties',
    page: () => import('@/features/penalties/PenaltiesPage'),
    nav: { label: 'conversations:desk.nav_penalties', icon: warning, deed: 'penalties.look', to: '/penalties' },
  },
  {
    path: 'measures',
    page: () => import('@/features/measures/MeasuresPage'),
    nav: { label: 'conversations:desk.nav_measures', icon: shield, deed: 'measures.look', to: '/measures' },
  },
  {
    path: 'docket/:dispute?',
    page: () => import('@/features/disputes/people/DocketPage'),
    nav: { label: 'conversations:desk.nav_docket', icon: scales, deed: 'disputes.look', to: '/docket' },
  },
  {
    path: 'appeals/:appeal?',
    page: () => import('@/features/appeals/people/AppealsPage'),
    nav: { label: 'conversations:desk.nav_appeals', icon: back, deed: 'appeals.look', to: '/appeals' },
  },
  {
    path: 'disputes/:shop?/:dispute?',
    page: () => import('@/features/disputes/party/ShopDisputesPage'),
    nav: { label: 'conversations:desk.nav_disputes', icon: scales, deed: 'disputes.speak', to: '/disputes' },
  },
  { path: 'shop-appeals/:shop?/:appeal?', page: () => import('@/features/appeals/party/ShopAppealsPage') },
  {
    path: 'shop-blocks/:shop?',
    page: () => import('./ShopBlocksPage'),
    nav: { label: 'conversations:desk.nav_blocks', icon: barred, deed: 'blocks.propose', to: '/shop-blocks' },
  },
  {
    path: 'blocks/:block?',
    page: () => import('@/features/blocks/people/BlocksPage'),
    nav: { label: 'conversations:desk.nav_decide_blocks', icon: barred, deed: 'blocks.look', to: '/blocks' },
  },
  {
    path: 'compensation/:grant?',
    page: () => import('@/features/compensation/people/ContestedPage'),
    nav: { label: 'conversations:desk.nav_compensation', icon: gift, deed: 'compensation.look', to: '/compensation' },
  },
  {
    path: 'scores/:shop?/:inspection?',
    page: () => import('./ScoresPage'),
    nav: { label: 'conversations:desk.nav_inspection', icon: star, deed: 'learning.answer', to: '/scores' },
  },
  {
    path: 'learning/:shop?/:part?/:item?',
    page: () => import('./LearningPage'),
    nav: { label: 'conversations:desk.nav_learning', icon: book, deed: 'learning.answer', to: '/learning' },
  },
  {
    path: 'held/:shop?',
    page: () => import('./GuardOfAll'),
    nav: { label: 'conversations:desk.nav_appeals', icon: back, deed: 'objections.lodge', to: '/held' },
  },
  {
    path: 'grading/:part?/:shop?/:item?',
    page: () => import('./GradingPage'),
    nav: { label: 'conversations:desk.nav_grading', icon: star, deed: 'grading.look', to: '/grading' },
  },
  {
    path: 'guard/:part?',
    page: () => import('./GuardOfAll'),
    nav: { label: 'conversations:desk.nav_guard', icon: <EyeOutlined />, deed: 'objections.judge', to: '/guard' },
  },
  {
    path: 'payouts',
    page: () => import('@/features/ledger/payouts/OpenPayoutsPage'),
    nav: { label: 'conversations:desk.nav_payouts', icon: coin, deed: 'payouts.decide' },
  },
  {
    path: 'reconciliation',
    page: () => import('@/features/ledger/audit/ReconciliationPage'),
    nav: { label: 'conversations:desk.nav_reconciliation', icon: listed, deed: 'ledger.audit' },
  },
  {
    path: 'funds/:shop?',
    page: () => import('@/features/ledger/funds/MarketFundsPage'),
    nav: { label: 'conversations:desk.nav_funds', icon: coin, deed: 'ledger.audit', to: '/funds' },
  },
]
