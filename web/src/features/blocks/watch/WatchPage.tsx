import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useFigures } from '@/ui/figures'
import { StandWord } from '@/ui/Matter'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import type { Watch } from '../wire'

const BY = ['proposer', 'approver', 'shop'] as const
type Row = Watch['rows'][number]

/** Watch over the watchers: whose blocks turn out wrong, beside all the others. */
export default function WatchPage() {
  const { t } = useTranslation('blocks')
  const { percent } = useFigures()
  const [search] = useSearchParams()
  const by = BY.find((one) => one === search.get('by')) ?? 'proposer'
  const query = useQuery({
    queryKey: ['blocks', 'watch', by],
    queryFn: ({ signal }) => api.GET('/platform/v1/block-figures', { params: { query: { by } }, signal }),
  })
  const alerts = useQuery({
    queryKey: ['blocks', 'alerts'],
    queryFn: ({ signal }) => api.GET('/platform/v1/block-alerts', { params: { query: { limit: 20 } }, signal }),
  })
  const rows = query.data?.rows ?? []
  const columns: readonly Column<Row>[] = [
    { id: 'who', title: t('watch.who'), render: (one) => query.data?.names[one.subject] ?? one.subject.slice(-8) },
    { id: 'blocks', title: t('watch.blocks'), render: (one) => one.blocks },
    { id: 'wrong', title: t('watch.wrong'), render: (one) => `${one.wrong} (${percent(one.wrong_percent)})` },
    { id: 'others', title: t('watch.others'), render: (one) => (one.others_percent == null ? '–' : `${one.others_wrong} / ${one.others} (${percent(one.others_percent)})`) },
    { id: 'stands', title: t('watch.stands_out'), render: (one) => <Stands row={one} /> },
  ]
  return (
    <Sheet title={t('watch.title')} hint={t('watch.hint')}>
      <nav className="x-tabs" aria-label={t('watch.title')}>
        {BY.map((one) => (
          <Link key={one} to={`?by=${one}`} aria-current={by === one ? 'page' : undefined}>
            {t(`watch.by.${one}`)}
          </Link>
        ))}
      </nav>
      <StateBlock state={stateOf(query, rows.length === 0)} skeleton="table" title={t('watch.none')} error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        <Rows label={t('watch.title')} columns={columns} rows={rows} rowKey={(one) => one.subject} />
      </StateBlock>
      {alerts.data && alerts.data.data.length > 0 ? (
        <Part title={t('watch.alerts')}>
          <ul className="x-list">
            {alerts.data.data.map(({ alert, name }) => (
              <li key={alert.id}>
                {t('watch.alert', { name, blocks: alert.blocks, wrong: alert.wrong })} · <RelativeTime at={alert.at} />
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
    </Sheet>
  )
}

function Stands({ row }: { row: Row }) {
  const { t } = useTranslation('blocks')
  if (row.stands_out) return <StandWord look="breach">{t('watch.stands_out')}</StandWord>
  return <StandWord look="waiting">{t(row.small ? 'watch.small' : 'watch.usual')}</StandWord>
}
