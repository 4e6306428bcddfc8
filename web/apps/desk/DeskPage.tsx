import { Desk } from '@/features/conversations/desk/Desk'
import type { DeskParts } from '@/features/conversations/desk/parts'
import { Marked } from '@/features/guard/desk/Marked'
import { Refused } from '@/features/guard/desk/Refused'
import { Guard } from '@/features/guard/desk/Guard'
import { findOrders } from '@/features/orders/desk/findOrders'
import { OrdersPanel } from '@/features/orders/desk/OrdersPanel'
import { colleagues, queues } from '@/features/routing/desk/server'

const PARTS: DeskParts = { Guard, Refused, Marked, OrdersPanel, findOrders, colleagues, queues }

/** The desk, put together from its domains. */
export default function DeskPage() {
  return <Desk parts={PARTS} />
}
