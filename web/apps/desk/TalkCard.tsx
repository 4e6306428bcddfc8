import CaseCard from '@/features/after_sale/shop/CaseCard'
import PacketCard from '@/features/compensation/shop/PacketCard'
import type { TalkCardProps } from '@/features/conversations/desk/parts'

/** The card of another domain in the timeline, by its kind. */
export default function TalkCard({ card, ...around }: TalkCardProps) {
  return card.kind === 'case' ? <CaseCard card={card} {...around} /> : <PacketCard card={card} shop={around.shop} />
}
