import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Panes } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { useShortcut } from '@/ui/shortcuts'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import '../disputes.css'
import { DisputeClock, DisputeState } from '../parts/Parts'
import type { Bench as BenchOf, DocketLine } from '../parts/wire'
import { Bench } from './Bench'

const EVERY_MS = 15_000
const KEY = ['disputes', 'people']
const VIEWS = ['all', 'mine', 'unassigned'] as const

/** The officers' docket, what falls due first ahead; beside it the bench of the dispute that is open. */
export default function DocketPage() {
  const { t } = useTranslation('disputes')
  const { dispute } = useParams()
  return (
    <Panes open={dispute !== undefined} label={t('page.bench')} list={<Docket open={dispute} />}>
      {dispute ? <OneBench key={dispute} id={dispute} /> : null}
    </Panes>
  )
}

function useDocket() {
  const [search] = useSearchParams()
  const view = VIEWS.find((one) => one === search.get('view')) ?? 'all'
  const pages = useCursorPages(
    [...KEY, 'docket', view],
    (after, signal) =>
      api.GET('/platform/v1/disputes', {
        params: { query: { limit: 50, ...(view === 'mine' ? { mine: true } : {}), ...(view === 'unassigned' ? { unassigned: true } : {}), ...(after ? { starting_after: after } : {}) } },
        signal,
      }),
    { refetchInterval: EVERY_MS },
  )
  return { view, pages }
}

function Docket({ open }: { open: string | undefined }) {
  const { t } = useTranslation('disputes')
  const navigate = useNavigate()
  const { view, pages } = useDocket()
  const step = (by: number) => {
    const at = pages.items.findIndex(({ id }) => id === open)
    const next = pages.items[at < 0 ? 0 : at + by]
    if (next) void navigate(`/docket/${next.id}?view=${view}`)
  }
  useShortcut('j', () => step(1), { label: t('page.step_next') })
  useShortcut('k', () => step(-1), { label: t('page.step_back') })
  return (
    <div className="x-matter">
      <title>{t('page.docket')}</title>
      <div className="x-matter-head">
        <h1>{t('page.docket')}</h1>
      </div>
      <nav className="x-tabs" aria-label={t('page.docket')}>
        {VIEWS.map((one) => (
          <Link key={one} to={`/docket?view=${one}`} aria-current={one === view ? 'page' : undefined}>
            {t(`page.view.${one}`)}
          </Link>
        ))}
      </nav>
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="list"
        title={t('page.docket_none')}
        hint={t('page.docket_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={() => void pages.refetch()}
      >
        <ul className="x-list">
          {pages.items.map((line) => (
            <li key={line.id}>
              <DocketRow line={line} to={`/docket/${line.id}?view=${view}`} open={line.id === open} />
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </div>
  )
}

function DocketRow({ line, to, open }: { line: DocketLine; to: string; open: boolean }) {
  const { t } = useTranslation('disputes')
  return (
    <Link className="x-card-link" to={to} aria-current={open}>
      <span className="x-card-link-head">
        <strong>{line.issues.map(({ issue }) => t(`issue.${issue}`)).join(' · ')}</strong>
        <DisputeClock line={line} short />
      </span>
      <span>
        {line.claimant.name} → {line.respondent.name}
      </span>
      <span className="x-card-link-head">
        <DisputeState line={line} />
        <span className="x-dim">{line.officer_name || t('page.nobody')}</span>
      </span>
    </Link>
  )
}

function OneBench({ id }: { id: string }) {
  const { t } = useTranslation('disputes')
  const queries = useQueryClient()
  const [key] = useState(() => [...KEY, id])
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.GET('/platform/v1/disputes/{dispute}', { params: { path: { dispute: id } }, signal }),
    refetchInterval: EVERY_MS,
  })
  const put = (bench: BenchOf) => {
    queries.setQueryData(key, bench)
    void queries.invalidateQueries({ queryKey: [...KEY, 'docket'] })
  }
  return (
    <div className="x-matter">
      {/* First, as on a phone it is the only way back; what is loaded after it does not push it away. */}
      <p style={{ textAlign: 'end' }}>
        <Link to="/docket">{t('page.close')}</Link>
      </p>
      <StateBlock
        state={stateOf(query, false)}
        skeleton="table"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {query.data ? <Bench one={query.data} onMoved={put} onDue={() => void query.refetch()} /> : null}
      </StateBlock>
    </div>
  )
}
