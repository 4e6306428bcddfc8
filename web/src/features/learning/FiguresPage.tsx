import { useQuery } from '@tanstack/react-query'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useFigures } from '@/ui/figures'
import { useServerNow } from '@/ui/serverClock'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { meanStars, percentOf } from './figures'
import type { AgentFigures } from './wire'

const DAY_MS = 86_400_000
const DAYS = 30

/** What buyers said of each agent in the last thirty days, and what came of it. */
export default function FiguresPage({ shop }: { shop: string }) {
  const { t } = useTranslation('learning')
  const now = useServerNow()
  const day = Math.floor(now() / DAY_MS)
  const query = useQuery({
    queryKey: ['learning', shop, 'figures', day],
    queryFn: ({ signal }) =>
      api.GET('/api/v1/shops/{shop}/rating-figures', {
        params: { path: { shop }, query: { since: new Date((day - DAYS) * DAY_MS).toISOString(), until: new Date((day + 1) * DAY_MS).toISOString() } },
        signal,
      }),
  })
  const rows = query.data?.agents ?? []
  const { figure, percent } = useFigures()
  const share = (part: number, whole: number) => percent(percentOf(part, whole))
  const columns: readonly Column<AgentFigures>[] = [
    { id: 'agent', title: t('dialogue.agent'), render: (one) => <strong>{one.agent_name || '–'}</strong> },
    { id: 'ratings', title: t('figures.ratings'), render: (one) => one.ratings },
    { id: 'mean', title: t('figures.mean'), render: (one) => figure(meanStars(one), 1) },
    { id: 'satisfied', title: t('figures.satisfied'), render: (one) => share(one.satisfied, one.ratings) },
    { id: 'dialogues', title: t('figures.dialogues'), render: (one) => one.dialogues },
    {
      id: 'causes',
      title: t('figures.causes'),
      render: (one) => [one.operation, one.information, one.attitude].map((count, place) => `${t(`cause.${(['operation', 'information', 'attitude'] as const)[place] ?? 'outside'}`)} ${count}`).join(' · '),
    },
    { id: 'back', title: t('figures.came_back'), render: (one) => share(one.came_back, one.came_back + one.improved) },
  ]
  return (
    <Sheet title={t('figures.title')} hint={t('figures.hint')}>
      <StateBlock
        state={stateOf(query, rows.length === 0)}
        skeleton="table"
        title={t('figures.none')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        <Rows label={t('figures.title')} columns={columns} rows={rows} rowKey={(one) => one.agent ?? ''} />
        {query.data ? (
          <details>
            <summary>{t('figures.formulas')}</summary>
            {Object.entries(query.data.formulas).map(([name, formula]) => (
              <p key={name}>
                <code>
                  {name} = {formula}
                </code>
              </p>
            ))}
          </details>
        ) : null}
      </StateBlock>
    </Sheet>
  )
}
