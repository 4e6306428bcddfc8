import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { api, asRefusal, type Answer } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useFigures } from '@/ui/figures'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'

const BY = ['officer', 'agent', 'shop'] as const
type Row = Answer<'/platform/v1/appeal-figures', 'get'>['rows'][number]

/** Watch over the watchers: whose decisions are reversed how often, beside everybody else's. */
export function Figures({ back }: { back?: string }) {
  const { t } = useTranslation('appeals')
  const { percent } = useFigures()
  const [search] = useSearchParams()
  const by = BY.find((one) => one === search.get('by')) ?? 'officer'
  const query = useQuery({
    queryKey: ['appeals', 'figures', by],
    queryFn: ({ signal }) => api.GET('/platform/v1/appeal-figures', { params: { query: { by, days: 90 } }, signal }),
  })
  const columns: readonly Column<Row>[] = [
    { id: 'name', title: t(`figures.by.${by}`), render: (one) => <strong>{one.name || one.subject}</strong> },
    { id: 'appeals', title: t('figures.appeals'), render: (one) => one.appeals },
    { id: 'upheld', title: t('figures.upheld'), render: (one) => one.upheld },
    { id: 'share', title: t('figures.share'), render: (one) => percent(one.share_percent) },
    { id: 'others', title: t('figures.others'), render: (one) => percent(one.others_percent) },
    { id: 'says', title: t('figures.says'), render: (one) => <Said one={one} /> },
  ]
  return (
    <>
      <div className="x-matter-head">
        <h1>{t('figures.title')}</h1>
        {back ? <Link to={back}>{t('party.close')}</Link> : null}
      </div>
      <nav className="x-tabs" aria-label={t('figures.title')}>
        {BY.map((one) => (
          <Link key={one} to={{ search: `?by=${one}` }} aria-current={one === by ? 'page' : undefined}>
            {t(`figures.by.${one}`)}
          </Link>
        ))}
      </nav>
      <StateBlock
        state={stateOf(query, query.data?.rows.length === 0)}
        skeleton="table"
        title={t('figures.none')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {query.data ? (
          <>
            <Rows label={t('figures.title')} columns={columns} rows={query.data.rows} rowKey={(one) => one.subject} />
            <p className="x-dim">
              {t('figures.formula', { minimum: query.data.minimum })} <RelativeTime at={query.data.since} />
            </p>
          </>
        ) : null}
      </StateBlock>
    </>
  )
}

function Said({ one }: { one: Row }) {
  const { t } = useTranslation('appeals')
  if (one.stands_out) return <Tag color="error">{t('figures.stands_out', { percent: one.at_least_percent })}</Tag>
  return <span className="x-dim">{t(one.small ? 'figures.small' : 'figures.usual')}</span>
}
