import { Navigate } from 'react-router'
import { useMe } from '@/api'
import { Desk } from '@/features/conversations/desk/Desk'
import type { CasesPanelProps, DeskParts, OrdersPanelProps, StepsProps, TalkCardProps } from '@/features/conversations/desk/parts'
import type { MarkedProps } from '@/features/guard/desk/Marked'
import type { RefusedProps } from '@/features/guard/desk/Refused'
import { Guard } from '@/features/guard/desk/Guard'
import { findOrders } from '@/features/orders/desk/findOrders'
import { OrdersPanel } from '@/features/orders/desk/OrdersPanel'
import { colleagues, queues } from '@/features/routing/desk/server'
import { lazily } from '@/ui/lazily'
import { StateBlock } from '@/ui/StateBlock'

// These come when they are first looked at: the desk itself must open fast.
const CARD = <StateBlock state="loading" skeleton="card" />
const CasesPanel = lazily<CasesPanelProps>(() => import('@/features/after_sale/shop/CasesPanel'), CARD)
const TalkCard = lazily<TalkCardProps>(() => import('./TalkCard'), CARD)
const Marked = lazily<MarkedProps>(() => import('@/features/guard/desk/Marked'))
const Refused = lazily<RefusedProps>(() => import('@/features/guard/desk/Refused'))
const Steps = lazily<StepsProps>(() => import('@/features/inspection/StepStrip'))
const Extras = lazily<{ shop: string; purchase: string }>(() => import('./OrderExtras'))

function Orders(props: OrdersPanelProps) {
  return <OrdersPanel {...props} Extras={Extras} />
}

const PARTS: DeskParts = { Guard, Refused, Marked, OrdersPanel: Orders, CasesPanel, TalkCard, Steps, findOrders, colleagues, queues }

/** The desk, put together from its domains. */
export default function DeskPage() {
  const me = useMe()
  // Officers belong to no shop; they begin with what waits for them.
  if (me.role === 'officer' && me.shops.length === 0) return <Navigate to="/decide" replace />
  return <Desk parts={PARTS} />
}
