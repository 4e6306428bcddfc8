import { useQuery } from '@tanstack/react-query'
import { Input, Select, Tag } from 'antd'
import { useSearchParams } from 'react-router'
import { type Answer, api, asRefusal } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { describeDuration } from '@/ui/duration'
import { formatPercent } from '@/ui/figures'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { bounds, dayIn } from './period'

type ResponseFigures = Answer<'/api/v1/shops/{shop}/response-figures', 'get'>
type Figure = ResponseFigures['shop']

const PROFILES = ['five_minutes', 'taobao_three_minutes', 'jd_thirty_seconds', 'pdd_five_minutes', 'own'] as const
type Profile = (typeof PROFILES)[number]

/** How fast the shop and each agent answered, by a response profile; the formula stands under the figures. */
export function Figures({ shop }: { shop: string }) {
  const { t } = useTranslation(['conversations', 'clocks'])
  const [search, setSearch] = useSearchParams()
  const profile = PROFILES.find((one) => one === search.get('profile')) ?? null
  const { from, to } = bounds(search.get('from'), search.get('to'))
  const query = useQuery({
    queryKey: ['figures', shop, profile, from, to],
    queryFn: ({ signal }) =>
      api.GET('/api/v1/shops/{shop}/response-figures', {
        params: { path: { shop }, query: { ...(profile ? { profile } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) } },
        signal,
      }),
  })
  const shown = query.data
  const choose = (name: 'profile' | 'from' | 'to', value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  const days = [
    { name: 'from', label: t('figures.from'), day: search.get('from') ?? (shown ? dayIn(shown.from) : '') },
    { name: 'to', label: t('figures.to'), day: search.get('to') ?? (shown ? dayIn(shown.to) : '') },
  ] as const
  return (
    <>
      <div className="x-actions" style={{ marginBottom: 8 }}>
        <Select
          aria-label={t('figures.profile')}
          value={(profile ?? shown?.profile ?? 'five_minutes') as Profile}
          onChange={(chosen) => choose('profile', chosen)}
          options={PROFILES.map((value) => ({ value, label: t(`clocks:profile.${value}`) }))}
          popupMatchSelectWidth={false}
          style={{ maxWidth: '100%' }}
        />
        {days.map(({ name, label, day }) => (
          <Input
            key={name}
            type="date"
            aria-label={label}
            prefix={label}
            style={{ width: 200 }}
            value={day}
            onChange={(event) => choose(name, event.target.value)}
          />
        ))}
      </div>
      <StateBlock
        state={stateOf(query, false)}
        skeleton="table"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {shown ? <Shown figures={shown} /> : null}
      </StateBlock>
    </>
  )
}

interface Row {
  id: string
  name: string
  figure: Figure
}

function Shown({ figures }: { figures: ResponseFigures }) {
  const { t } = useTranslation(['conversations', 'clocks', 'ui'])
  const rows: Row[] = [
    { id: 'shop', name: t('figures.shop'), figure: figures.shop },
    ...figures.agents.map((one) => ({ id: one.person_id, name: one.name, figure: one.figure })),
  ]
  const columns: readonly Column<Row>[] = [
    { id: 'name', title: t('live.agent'), render: (row) => (row.id === 'shop' ? <strong>{row.name}</strong> : row.name) },
    { id: 'in_time', title: t('figures.in_time'), render: ({ figure }) => <Share figure={figure} good={figures.good_percent} /> },
    { id: 'rounds', title: t('figures.rounds'), render: ({ figure }) => <span className="x-figures">{figure.rounds}</span> },
    { id: 'average', title: t('figures.average'), render: ({ figure }) => <Average seconds={figure.average_seconds} /> },
    { id: 'left_out', title: t('figures.left_out'), render: ({ figure }) => <span className="x-figures">{figure.left_out}</span> },
  ]
  return (
    <>
      <Rows label={t('figures.title')} columns={columns} rows={rows} rowKey={(row) => row.id} />
      <p className="x-quiet x-small">{t(`clocks:formula.${figures.counts}`, { ...figures.facts })}</p>
    </>
  )
}

function Share({ figure, good }: { figure: Figure; good: number }) {
  const { t } = useTranslation('conversations')
  const language = useLanguage()
  const { percent, numerator, denominator } = figure.in_time
  if (percent === null) return <span className="x-quiet">{t('figures.nothing')}</span>
  const enough = percent >= good
  return (
    <span className="x-figures">
      {formatPercent(percent, language)} <span className="x-quiet">{`${numerator}/${denominator}`}</span>{' '}
      {figure.assessed ? <Tag color={enough ? 'success' : 'error'}>{t(enough ? 'figures.enough' : 'figures.short', { good })}</Tag> : <Tag>{t('figures.not_assessed')}</Tag>}
    </span>
  )
}

function Average({ seconds }: { seconds: number | null }) {
  const { t } = useTranslation('ui')
  if (seconds === null) return <>–</>
  const duration = describeDuration(seconds * 1_000)
  return <span className="x-figures">{t(duration.key, duration.values)}</span>
}
