import { useQuery } from '@tanstack/react-query'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Decisions } from '@/ui/Decisions'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import type { Summary } from '../wire'

/** The rules behind a reply clock: the row that started it, and the profile that says how long it runs. */
export default function ReplyWhy({ summary }: { summary: Summary }) {
  const { t } = useTranslation(['ui', 'clocks'])
  const path = { shop: summary.shop_id, conversation: summary.id }
  const query = useQuery({
    queryKey: ['desk', path, 'reply-clock', summary.reply_due_at],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/conversations/{conversation}/reply-clock/why', { params: { path }, signal }),
  })
  return (
    <StateBlock state={stateOf(query, query.data?.length === 0)} title={t('why.none')} error={query.error} onRetry={() => void query.refetch()}>
      <Decisions decisions={query.data ?? []} />
    </StateBlock>
  )
}
