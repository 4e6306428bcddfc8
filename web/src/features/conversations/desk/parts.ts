/** What the desk takes from other domains; the app puts it together. */
import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import type { Carried } from '@/ui/SentWithProof'
import type { CaseNews, PacketCard, Verdict } from './wire'

/** A piece of the editor's text to underline: [start, end) in the units of JavaScript strings. */
export interface MarkRange {
  start: number
  end: number
  verdict: Verdict
}

export interface GuardAsk {
  shop: string
  conversation: string
  text: string
  /** Only what the buyer would read is asked about. */
  on: boolean
  onRewrite: (text: string) => void
}

export interface GuardView {
  /** Places in exactly this text. */
  ranges: readonly MarkRange[]
  /** What was found, with the rewrite as a button; null when there is nothing to say. */
  line: ReactNode
  /** The server would not take these words. */
  held: boolean
}

/** Something to choose from a list in the editor. */
export interface Choice {
  id: string
  title: string
  detail?: string
}

export interface CardPick {
  kind: 'order' | 'product'
  id: string
  title: string
}

export interface Colleague {
  id: string
  name: string
  state: 'online' | 'busy' | 'away' | 'offline'
  load: number
  capacity: number
}

export interface QueueName {
  id: string
  name: string
}

export interface OrdersPanelProps {
  shop: string
  buyer: string
  /** Shows an order to the buyer; absent while one may not speak. */
  onInsert?: (card: CardPick) => void
}

export interface CasesPanelProps {
  shop: string
  buyer: string
  /** The case that is open, by its address. */
  open: string | null
  onOpen: (id: string | null) => void
}

export interface TalkCardProps {
  shop: string
  card: CaseNews | PacketCard
  /** The last card of this case shows how it stands now. */
  newest: boolean
  onOpen: (id: string) => void
}

export interface StepsProps {
  shop: string
  conversation: string
  /** The last message on the screen. */
  version: number
}

export interface DeskParts {
  /** Looks at the words while one types, and gives what it found to what it draws. */
  Guard: ComponentType<GuardAsk & { children: (view: GuardView) => ReactNode }>
  /** Findings of a refused message, in calm words. */
  Refused: ComponentType<{ facts: Readonly<Record<string, unknown>>; message: string; row: string | null }>
  /** What the guard let through and marked, and the proofs by which words went out. */
  Marked: ComponentType<{ guard: { verdict: Verdict; findings: readonly { kind: string; basis: string; row: string }[]; overridden: readonly Carried[] } }>
  OrdersPanel: ComponentType<OrdersPanelProps>
  CasesPanel: ComponentType<CasesPanelProps>
  /** News of a case, or a red packet, in the timeline. */
  TalkCard: ComponentType<TalkCardProps>
  /** How far the six steps of a good dialogue have come; while one serves. */
  Steps: ComponentType<StepsProps>
  findOrders: (shop: string, buyer: string, query: string, signal: AbortSignal) => Promise<Choice[]>
  colleagues: (shop: string, signal: AbortSignal) => Promise<Colleague[]>
  queues: (shop: string, signal: AbortSignal) => Promise<QueueName[]>
}

const PartsContext = createContext<DeskParts | null>(null)
export const PartsProvider = PartsContext.Provider

export function useParts(): DeskParts {
  const parts = useContext(PartsContext)
  if (!parts) throw new Error('the desk needs its parts')
  return parts
}
