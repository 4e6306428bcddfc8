import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { caseCards } from '@/features/after_sale/chat/CaseCard'
import ChatPage from '@/features/conversations/buyer/ChatPage'
import type { Realtime } from '@/realtime'

/** The chat with one shop; cards of after-sale open their case. */
export default function BuyerChatPage() {
  const navigate = useNavigate()
  const cards = useCallback((realtime: Realtime) => caseCards({ now: realtime.serverNow, open: (id) => void navigate(`/cases/${id}`) }), [navigate])
  return <ChatPage cards={cards} />
}
