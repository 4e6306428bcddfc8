import { useCallback } from 'react'
import { useNavigate, useParams } from 'react-router'
import { api, useMe } from '@/api'
import { caseCards } from '@/features/after_sale/chat/CaseCard'
import { packetCards } from '@/features/compensation/chat/PacketCard'
import { ComplainLink } from '@/features/complaints/buyer/ComplainLink'
import ChatPage from '@/features/conversations/buyer/ChatPage'
import type { DrawCard } from '@/features/conversations/chat/ChatView'
import { RatingBar } from '@/features/learning/RatingBar'
import type { Realtime } from '@/realtime'

/** The chat with one shop; cards of after-sale open their case, red packets are taken from theirs. */
export default function BuyerChatPage() {
  const navigate = useNavigate()
  const { id: person } = useMe()
  const cards = useCallback(
    (realtime: Realtime): DrawCard => {
      const cases = caseCards({ now: realtime.serverNow, open: (id) => void navigate(`/cases/${id}`) })
      const packets = packetCards({ api, realtime, person })
      return (body, all) => cases(body, all) ?? packets(body)
    },
    [navigate, person],
  )
  const { shop = '' } = useParams()
  return <ChatPage cards={cards} beside={<ComplainLink to={`/complain?shop=${shop}`} words="chat.complain" />} Below={RatingBar} />
}
