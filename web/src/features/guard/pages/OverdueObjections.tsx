import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { announce } from '@/ui/announce'
import { StandWord } from '@/ui/Matter'
import { KEY, overdueObjections } from './wire'

/** How many appeals against the guard are overdue for whoever may decide them; nothing while none is. */
export default function OverdueObjections({ shop, to }: { shop: string | null; to: string }) {
  const { t } = useTranslation('objections')
  const me = useMe()
  const query = useQuery({ queryKey: [...KEY, shop, 'overdue'], queryFn: ({ signal }) => overdueObjections(shop, signal) })
  useTopic(
    `person:${me.id}`,
    refreshing(query.refetch, ({ name }) => {
      if (name !== 'objections.overdue') return
      announce(t('overdue.told'))
      void query.refetch()
    }),
  )
  useTopic(shop === null ? null : `shop:${shop}`, refreshing(query.refetch, ({ name }) => void (name === 'objections.moved' && query.refetch())))
  const count = (query.data?.data ?? []).filter(({ deeds }) => deeds.some(({ deed, allowed }) => deed === 'decide' && allowed)).length
  return count > 0 ? (
    <Link to={to}>
      <StandWord look="breach">{t('overdue_count', { count })}</StandWord>
    </Link>
  ) : null
}
