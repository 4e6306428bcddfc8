import { useCallback } from 'react'
import { useNavigate, useParams } from 'react-router'
import { caseCards } from '@/features/after_sale/chat/CaseCard'
import { ComplainLink } from '@/features/complaints/buyer/ComplainLink'
import ChatPage from '@/features/conversations/buyer/ChatPage'
import { RatingBar } from '@/features/learning/RatingBar'
import type { Realtime } from '@/realtime'

/** The chat with one shop; cards of after-sale open their case. */
export default function BuyerChatPage() {
  const navigate = useNavigate()
  const cards = useCallback((realtime: Realtime) => caseCards({ now: realtime.serverNow, open: (id) => void navigate(`/cases/${id}`) }), [navigate])
  const { shop = '' } = useParams()
  return <ChatPage cards={cards} beside={<ComplainLink to={`/complain?shop=${shop}`} words="chat.complain" />} Below={RatingBar} />
}
