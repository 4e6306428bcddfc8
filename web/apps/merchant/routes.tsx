import {
  AccountBookOutlined,
  BookOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  DashboardOutlined,
  GiftOutlined,
  StopOutlined,
  MessageOutlined,
  OrderedListOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { AppRoute } from '../shell/routes'
import { ofShop } from './ofShop'

/** The pages of this app, in the order of the navigation; the empty path is its first page. */
export const routes: readonly AppRoute[] = [
  { path: '', page: () => import('./Home') },
  {
    path: 'live/:shop?',
    page: ofShop(() => import('./LiveOfShop')),
    nav: { group: 'service', label: 'conversations:live.nav', icon: <DashboardOutlined />, deed: 'live.read' },
  },
  {
    path: 'team/:shop?',
    page: ofShop(() => import('@/features/identity/team/TeamPage')),
    nav: { group: 'service', label: 'identity:team.nav', icon: <TeamOutlined />, deed: 'team.write' },
  },
  {
    path: 'queues/:shop?',
    page: ofShop(() => import('@/features/routing/queues/QueuesPage')),
    nav: { group: 'service', label: 'routing:nav.queues', icon: <OrderedListOutlined />, deed: 'queues.write' },
  },
  {
    path: 'hours/:shop?',
    page: ofShop(() => import('@/features/clocks/hours/HoursPage')),
    nav: { group: 'service', label: 'clocks:nav.hours', icon: <ClockCircleOutlined />, deed: 'calendar.write' },
  },
  {
    path: 'answers/:shop?',
    page: ofShop(() => import('@/features/conversations/canned/CannedPage')),
    nav: { group: 'service', label: 'conversations:canned.nav', icon: <MessageOutlined />, deed: 'canned.write' },
  },
  {
    path: 'promises/:shop?',
    page: ofShop(() => import('@/features/after_sale/promises/PromisesPage')),
    nav: { group: 'trade', label: 'after_sale:promises.title', icon: <SafetyCertificateOutlined />, deed: 'rulebook.write' },
  },
  {
    path: 'after-sale/:shop?',
    page: ofShop(() => import('@/features/after_sale/figures/FiguresPage')),
    nav: { group: 'trade', label: 'after_sale:figures.title', icon: <DashboardOutlined />, deed: 'figures.read' },
  },
  {
    path: 'funds/:shop?',
    page: ofShop(() => import('@/features/ledger/funds/FundsPage')),
    nav: { group: 'trade', label: 'ledger:funds.title', icon: <AccountBookOutlined />, deed: 'funds.read' },
  },
  {
    path: 'packets/:shop?',
    page: ofShop(() => import('@/features/compensation/shop/PacketsPage')),
    nav: { group: 'trade', label: 'compensation:packets.title', icon: <GiftOutlined />, deed: 'compensation.read' },
  },
  {
    path: 'standing/:shop?',
    page: ofShop(() => import('@/features/penalties/StandingPage')),
    nav: { group: 'rules', label: 'penalties:nav', icon: <SafetyOutlined />, deed: 'penalties.read' },
  },
  {
    path: 'blocks/:shop?',
    page: ofShop(() => import('@/features/blocks/shop/BlocksPage')),
    nav: { group: 'rules', label: 'blocks:shop.nav', icon: <StopOutlined />, deed: 'blocks.read' },
  },
  {
    path: 'rules/:shop?',
    page: ofShop(() => import('@/features/rulebook/ShopRulebookPage')),
    nav: { group: 'rules', label: 'rulebook:nav', icon: <BookOutlined />, deed: 'rulebook.write' },
  },
  { path: 'rules/:shop/tables/:name', page: ofShop(() => import('@/features/rulebook/ShopTablePage')) },
  {
    path: 'scores/:shop?/:inspection?',
    page: ofShop(() => import('./ScoresOfShop')),
    nav: { group: 'quality', label: 'conversations:desk.nav_inspection', icon: <SafetyCertificateOutlined />, deed: 'learning.decide' },
  },
  {
    path: 'ratings/:shop?',
    page: ofShop(() => import('@/features/learning/FiguresPage')),
    nav: { group: 'quality', label: 'learning:figures.title', icon: <DashboardOutlined />, deed: 'learning.decide' },
  },
  {
    path: 'learning/:shop?/:part?/:item?',
    page: ofShop(() => import('./LearningOfShop')),
    nav: { group: 'quality', label: 'conversations:desk.nav_learning', icon: <BookOutlined />, deed: 'learning.decide' },
  },
  {
    path: 'facts/:shop?',
    page: ofShop(() => import('@/features/inspection/facts/FactsPage')),
    nav: { group: 'quality', label: 'inspection:fact.nav', icon: <CheckCircleOutlined />, deed: 'facts.write' },
  },
  {
    path: 'grading/:shop?/:part?/:item?',
    page: ofShop(() => import('./GradingOfShop')),
    nav: { group: 'quality', label: 'grading:nav', icon: <SafetyCertificateOutlined />, deed: 'grading.grade' },
  },
  {
    path: 'guard/:shop?/:part?',
    page: ofShop(() => import('./GuardOfShop')),
    nav: { group: 'quality', label: 'objections:page.title', icon: <CheckCircleOutlined />, deed: 'guard.heeding' },
  },
  {
    path: 'agreement/:shop?',
    page: ofShop(() => import('@/features/grading/AgreementPage')),
    nav: { group: 'quality', label: 'grading:agreement.title', icon: <DashboardOutlined />, deed: 'grading.figures' },
  },
]
