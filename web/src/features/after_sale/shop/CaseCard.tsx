import { Button } from 'antd'
import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { CaseClock } from '../parts/CaseClock'
import { StateTag } from '../parts/StateTag'
import './shop.css'
import { StageTag } from './StageTag'
import { useCase } from './useCase'

/** A case as it was when it was shown in the conversation; it stands in the body of the entry. */
export interface ShownCase {
  id: string
  title: string
  case_kind: string
  event: string
  side: string
  state: string
  amount_minor: number | null
  currency: string
}

export interface CaseCardProps {
  shop: string
  card: ShownCase
  /** The last card of this case in the conversation shows how it stands now. */
  newest: boolean
  onOpen: (id: string) => void
}

/** News of a case in the conversation: what happened, and on its last card where it stands now. */
export default function CaseCard({ shop, card, newest, onOpen }: CaseCardProps) {
  const { t, i18n } = useTranslation('after_sale')
  const event = i18n.exists(`after_sale:event.${card.event}`) ? t(`event.${card.event}` as 'event.paid') : card.event
  const kind = i18n.exists(`after_sale:kind.${card.case_kind}`) ? t(`kind.${card.case_kind}` as 'kind.resend') : card.case_kind
  return (
    <div className="as-card">
      <div className="as-card-head">
        <span>
          {kind} · <strong>{event}</strong>
        </span>
        {card.amount_minor ? <Money minor={card.amount_minor} currency={card.currency} /> : null}
      </div>
      <span className="as-quiet">{card.title}</span>
      {newest ? <Now shop={shop} id={card.id} /> : null}
      <div className="as-card-foot">
        <span />
        <Button size="small" onClick={() => onOpen(card.id)}>
          {t('shop.open_case')}
        </Button>
      </div>
    </div>
  )
}

function Now({ shop, id }: { shop: string; id: string }) {
  const { data: one } = useCase({ shop, case: id })
  if (!one) return null
  return (
    <div className="as-card-foot">
      <span>
        <StateTag line={one} viewer="shop" /> <StageTag stage={one.stage} />
      </span>
      <CaseClock line={one} short />
    </div>
  )
}
