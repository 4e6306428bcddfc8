import { useQuery } from '@tanstack/react-query'
import { api } from '@/api'
import type { EventBodies } from '@/api/events'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { Money } from '@/ui/Money'
import { GrantClock } from '../parts'
import { type PacketFacts, standOf } from '../chat/card'
import { StandWord } from '@/ui/Matter'

/** A red packet in the conversation as the shop sees it: what for, how much, and whether it was taken. */
export default function PacketCard({ shop, card }: { shop: string; card: PacketFacts }) {
  const { t } = useTranslation('compensation')
  const query = useQuery({
    queryKey: ['compensation', shop, 'one', card.id],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/compensation/{grant}', { params: { path: { shop, grant: card.id } }, signal }),
  })
  const { refetch } = query
  useTopic(
    `shop:${shop}`,
    refreshing(refetch, ({ name, body }) => {
      if (name === 'compensation.grant_moved' && (body as EventBodies['compensation.grant_moved']).grant === card.id) void refetch()
    }),
  )
  const grant = query.data?.grant
  const stand = standOf(grant?.state)
  return (
    <div className="xd-card" role="group" aria-label={t('kind.red_packet')} data-stand={stand}>
      <div className="xd-card-head">
        <strong>{t('kind.red_packet')}</strong>
        <Money minor={card.amount_minor} currency={card.currency} />
      </div>
      <div className="xd-card-lines">
        {t(`purpose.${card.purpose}`)} · {t('order_number', { number: card.title })}
      </div>
      {grant?.note ? <p className="xd-words">{grant.note}</p> : null}
      <div className="xd-card-foot">
        <StandWord look={stand === 'waiting' ? 'accent' : stand === 'taken' ? 'settled' : 'over'}>{t(`card.${stand}`)}</StandWord>
        {grant && stand === 'waiting' ? <GrantClock grant={grant} short /> : null}
      </div>
    </div>
  )
}
