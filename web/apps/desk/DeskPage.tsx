import { lazy, Suspense } from 'react'
import { Navigate } from 'react-router'
import { useMe } from '@/api'
import { Desk } from '@/features/conversations/desk/Desk'
import type { CaseCardProps, CasesPanelProps, DeskParts, OrdersPanelProps, StepsProps } from '@/features/conversations/desk/parts'
import { Marked } from '@/features/guard/desk/Marked'
import { Refused } from '@/features/guard/desk/Refused'
import { Guard } from '@/features/guard/desk/Guard'
import { findOrders } from '@/features/orders/desk/findOrders'
import { OrdersPanel } from '@/features/orders/desk/OrdersPanel'
import { colleagues, queues } from '@/features/routing/desk/server'
import { StateBlock } from '@/ui/StateBlock'

// After-sale comes when it is first looked at: the desk itself must open fast.
const Cases = lazy(() => import('@/features/after_sale/shop/CasesPanel'))
const Card = lazy(() => import('@/features/after_sale/shop/CaseCard'))
// Without a network the strip stays away; the talk goes on.
const StepStrip = lazy(() => import('@/features/inspection/StepStrip').catch(() => ({ default: NoStrip })))
const OrderExtras = lazy(() => import('./OrderExtras'))

function NoStrip() {
  return null
}

function CasesPanel(props: CasesPanelProps) {
  return (
    <Suspense fallback={<StateBlock state="loading" skeleton="card" />}>
      <Cases {...props} />
    </Suspense>
  )
}

function CaseCard(props: CaseCardProps) {
  return (
    <Suspense fallback={<StateBlock state="loading" skeleton="card" />}>
      <Card {...props} />
    </Suspense>
  )
}

function Steps(props: StepsProps) {
  return (
    <Suspense>
      <StepStrip {...props} />
    </Suspense>
  )
}

function Extras(props: { shop: string; purchase: string }) {
  return (
    <Suspense>
      <OrderExtras {...props} />
    </Suspense>
  )
}

function Orders(props: OrdersPanelProps) {
  return <OrdersPanel {...props} Extras={Extras} />
}

const PARTS: DeskParts = { Guard, Refused, Marked, OrdersPanel: Orders, CasesPanel, CaseCard, Steps, findOrders, colleagues, queues }

/** The desk, put together from its domains. */
export default function DeskPage() {
  const me = useMe()
  // Officers belong to no shop; they begin with what waits for them.
  if (me.role === 'officer' && me.shops.length === 0) return <Navigate to="/decide" replace />
  return <Desk parts={PARTS} />
}
