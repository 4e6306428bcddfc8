import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useSearchParams } from 'react-router'
import { type Answer, api, asRefusal } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { describeDuration } from '@/ui/duration'
import { Money } from '@/ui/Money'
import { type Column, Rows } from '@/ui/Rows'
import { useServerNow } from '@/ui/serverClock'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'

const DAY_MS = 86_400_000
const SPANS = [7, 30, 90, 365] as const

type CaseFigures = Answer<'/api/v1/shops/{shop}/case-figures', 'get'>
type KindRow = CaseFigures['kinds'][number]
type RefusalRow = CaseFigures['refusals'][number]

/** How the shop does after the sale: how fast it answers, what it pays, how often and why it refuses. */
export default function FiguresPage({ shop }: { shop: string }) {
  const { t } = useTranslation('after_sale')
  const [search, setSearch] = useSearchParams()
  const now = useServerNow()
  const days = SPANS.find((one) => String(one) === search.get('days')) ?? 30
  const today = Math.floor(now() / DAY_MS)
  const query = useQuery({
    queryKey: ['after_sale', shop, 'figures', days, today],
    queryFn: ({ signal }) =>
      api.GET('/api/v1/shops/{shop}/case-figures', {
        params: { path: { shop }, query: { from: new Date((today + 1 - days) * DAY_MS).toISOString(), to: new Date((today + 1) * DAY_MS).toISOString() } },
        signal,
      }),
  })
  return (
    <Sheet
      title={t('figures.title')}
      hint={t('figures.hint')}
      extra={
        <Select
          aria-label={t('figures.span')}
          value={days}
          onChange={(next) => setSearch({ days: String(next) }, { replace: true })}
          options={SPANS.map((value) => ({ value, label: t('figures.days', { count: value }) }))}
          popupMatchSelectWidth={false}
        />
      }
    >
      <StateBlock
        state={stateOf(query, query.data?.opened === 0)}
        skeleton="table"
        title={t('figures.none')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {query.data ? <Shown figures={query.data} /> : null}
      </StateBlock>
    </Sheet>
  )
}

function Shown({ figures }: { figures: CaseFigures }) {
  const { t } = useTranslation('after_sale')
  const language = useLanguage()
  const percent = (points: number) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(points / 10_000)
  const kinds: readonly Column<KindRow>[] = [
    { id: 'kind', title: t('board.kind'), render: (one) => <strong>{t(`kind.${one.kind}`)}</strong> },
    { id: 'opened', title: t('figures.opened'), render: (one) => <span className="x-figures">{`${one.closed}/${one.opened}`}</span> },
    { id: 'paid', title: t('figures.paid'), render: (one) => <Money minor={one.refunded_minor} currency={one.currency} /> },
    { id: 'answer', title: t('figures.answer'), render: (one) => <Median seconds={one.answer_seconds} /> },
    { id: 'close', title: t('figures.close'), render: (one) => <Median seconds={one.close_seconds} /> },
    { id: 'silent', title: t('figures.silent'), render: (one) => one.silent },
    { id: 'refused', title: t('figures.refused'), render: (one) => one.refused },
    { id: 'people', title: t('figures.people'), render: (one) => one.with_people },
  ]
  const refusals: readonly Column<RefusalRow>[] = [
    { id: 'reason', title: t('shop.refuse_reason'), render: (one) => t(`refusal.${one.reason}` as 'refusal.used') },
    { id: 'refusals', title: t('figures.times'), render: (one) => one.refusals },
    { id: 'cases', title: t('figures.cases'), render: (one) => one.cases },
  ]
  return (
    <>
      <p>
        {t('figures.shares', {
          opened: figures.opened,
          closed: figures.closed,
          refused: percent(figures.refusal_basis_points),
          people: percent(figures.intervention_basis_points),
        })}
      </p>
      <Part title={t('figures.kinds')}>
        <Rows label={t('figures.kinds')} columns={kinds} rows={figures.kinds} rowKey={(one) => `${one.kind} ${one.currency}`} />
        <p className="x-quiet x-small">{t('figures.formula')}</p>
      </Part>
      {figures.refusals.length > 0 ? (
        <Part title={t('figures.refusals')}>
          <Rows label={t('figures.refusals')} columns={refusals} rows={figures.refusals} rowKey={(one) => one.reason} />
        </Part>
      ) : null}
    </>
  )
}

function Median({ seconds }: { seconds: number | null }) {
  const { t } = useTranslation('ui')
  if (seconds === null) return <>–</>
  const duration = describeDuration(seconds * 1_000)
  return <span className="x-figures">{t(duration.key, duration.values)}</span>
}
