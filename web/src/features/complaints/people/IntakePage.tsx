import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { asRefusal, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { MoreRows } from '@/ui/MoreRows'
import { lazily } from '@/ui/lazily'
import { useShortcut } from '@/ui/shortcuts'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import '../parts/complaints.css'
import { ComplaintRow } from '../parts/ComplaintList'
import { Shown } from './Shown'
import { EVERY_MS, KEY, list, read } from './server'

const CallDialog = lazily(() => import('./CallDialog'))
const Calls = lazily(() => import('./Calls'))

/** What people of the marketplace look at: urgent ones first, then what falls due first; and the hotline. */
export default function IntakePage() {
  const { t } = useTranslation('complaints')
  const { complaint: open = '' } = useParams()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const [calling, setCalling] = useState(false)
  const answers = useReach('complaints.intake') !== 'none'
  const view = search.get('view') ?? 'due'
  useShortcut('escape', () => void navigate('/intake'), { label: t('list.close'), enabled: open !== '' })
  const views = answers ? (['due', 'all', 'calls'] as const) : (['due', 'all'] as const)
  return (
    <div className="cp-desk" data-open={open !== ''}>
      <div>
        <title>{t('people.title')}</title>
        <h1>{t('people.title')}</h1>
        <nav className="x-tabs" aria-label={t('people.title')}>
          {views.map((one) => (
            <Link key={one} to={`/intake?view=${one}`} aria-current={view === one ? 'page' : undefined}>
              {t(`people.view_${one}`)}
            </Link>
          ))}
        </nav>
        {answers ? (
          <p>
            <Button onClick={() => setCalling(true)}>{t('people.call')}</Button>
          </p>
        ) : null}
        {view === 'calls' ? <Calls /> : <Lines key={view} all={view === 'all'} open={open} />}
      </div>
      {open ? (
        <aside aria-label={t('nav')}>
          <Link to="/intake" className="cp-button">
            ← {t('list.back')}
          </Link>
          <One key={open} id={open} />
        </aside>
      ) : null}
      {calling ? <CallDialog onClose={() => setCalling(false)} /> : null}
    </div>
  )
}

function Lines({ all, open }: { all: boolean; open: string }) {
  const { t } = useTranslation('complaints')
  const query = useInfiniteQuery({
    queryKey: [...KEY, 'list', all],
    queryFn: ({ pageParam, signal }) => list({ order: all ? 'newest' : 'due', limit: 50, ...(pageParam ? { starting_after: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : null),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  })
  const rows = query.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <StateBlock
      state={stateOf(query, rows.length === 0)}
      skeleton="card"
      title={t('people.none')}
      hint={t('people.none_hint')}
      error={query.isError ? asRefusal(query.error) : null}
      onRetry={() => void query.refetch()}
    >
      <ul className="cp-list">
        {rows.map((line) => (
          <li key={line.id}>
            <ComplaintRow line={line} to={`/intake/${line.id}`} current={line.id === open} />
          </li>
        ))}
      </ul>
      <MoreRows pages={{ hasMore: query.hasNextPage, isFetchingMore: query.isFetchingNextPage, fetchMore: () => void query.fetchNextPage() }} />
    </StateBlock>
  )
}

function One({ id }: { id: string }) {
  const queries = useQueryClient()
  const query = useQuery({ queryKey: [...KEY, 'one', id], queryFn: ({ signal }) => read(id, signal), refetchInterval: EVERY_MS })
  const moved = () => queries.invalidateQueries({ queryKey: KEY })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? <Shown whole={query.data} onMoved={moved} /> : null}
    </StateBlock>
  )
}
