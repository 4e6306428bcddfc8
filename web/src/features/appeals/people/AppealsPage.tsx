import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams, useSearchParams } from 'react-router'
import { api, asRefusal, useCursorPages, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { DecisionsButton } from '@/ui/Decisions'
import { Panes } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Appealed, AppealClock, AppealState, AppealSteps, StatementView, Wanted } from '../parts/Parts'
import type { AppealWhole } from '../parts/wire'
import { Figures } from './Figures'
import { PeopleDeeds } from './PeopleDeeds'

const VIEWS = ['all', 'mine', 'queue', 'closed'] as const
type View = (typeof VIEWS)[number]
const EVERY_MS = 15_000
const KEY = ['appeals', 'people']

/** Appeals for people of the marketplace: by due time, beside it the one that is open, or who stands out. */
export default function AppealsPage() {
  const { t } = useTranslation('appeals')
  const { appeal } = useParams()
  return (
    <Panes open={appeal !== undefined} label={t('part.appeal')} list={<List open={appeal} />}>
      <div className="x-matter">{appeal === 'figures' ? <Figures back="/appeals" /> : appeal ? <One key={appeal} id={appeal} /> : null}</div>
    </Panes>
  )
}

function List({ open }: { open: string | undefined }) {
  const { t } = useTranslation('appeals')
  const [search] = useSearchParams()
  const watches = useReach('appeals.figures') !== 'none'
  const view: View = VIEWS.find((one) => one === search.get('view')) ?? 'all'
  const pages = useCursorPages(
    [...KEY, 'list', view],
    (after, signal) => api.GET('/platform/v1/appeals', { params: { query: { view, limit: 50, ...(after ? { starting_after: after } : {}) } }, signal }),
    { refetchInterval: EVERY_MS },
  )
  return (
    <div className="x-matter">
      <title>{t('people.title')}</title>
      <div className="x-matter-head">
        <h1>{t('people.title')}</h1>
        {watches ? <Link to="/appeals/figures">{t('figures.title')}</Link> : null}
      </div>
      <nav className="x-tabs" aria-label={t('people.title')}>
        {VIEWS.map((one) => (
          <Link key={one} to={`/appeals?view=${one}`} aria-current={one === view ? 'page' : undefined}>
            {t(`view.${one}`)}
          </Link>
        ))}
      </nav>
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="list"
        title={t('people.none')}
        hint={t('people.none_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={() => void pages.refetch()}
      >
        <ul className="x-list">
          {pages.items.map((line) => (
            <li key={line.id}>
              <Link className="x-card-link" to={`/appeals/${line.id}?view=${view}`} aria-current={line.id === open}>
                <span className="x-card-link-head">
                  <strong>
                    {t(`target.${line.target_kind}`)} · {line.appellant.name}
                  </strong>
                  <AppealState line={line} />
                </span>
                <span className="x-card-link-head">
                  <span className="x-dim">{line.judge ? t('people.with', { name: line.judge.name }) : t('people.nobody')}</span>
                  <AppealClock line={line} short />
                </span>
              </Link>
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </div>
  )
}

function One({ id }: { id: string }) {
  const query = useQuery({
    queryKey: [...KEY, id],
    queryFn: ({ signal }) => api.GET('/platform/v1/appeals/{appeal}', { params: { path: { appeal: id } }, signal }),
    refetchInterval: EVERY_MS,
  })
  return (
    <StateBlock
      state={stateOf(query, false)}
      skeleton="card"
      error={query.isError ? asRefusal(query.error) : null}
      onRetry={() => void query.refetch()}
    >
      {query.data ? <Shown one={query.data} onDue={() => void query.refetch()} /> : null}
    </StateBlock>
  )
}

function Shown({ one, onDue }: { one: AppealWhole; onDue: () => void }) {
  const { t } = useTranslation('appeals')
  const queries = useQueryClient()
  const put = (whole: AppealWhole) => {
    queries.setQueryData([...KEY, one.id], whole)
    void queries.invalidateQueries({ queryKey: [...KEY, 'list'] })
  }
  return (
    <>
      <div className="x-matter-head">
        <h1>
          {t(`target.${one.target_kind}`)} · {one.appellant.name}
        </h1>
        <Link to="/appeals">{t('party.close')}</Link>
      </div>
      <p>
        <AppealState line={one} /> <AppealClock line={one} onDue={() => setTimeout(onDue, 1_000)} />
      </p>
      <p className="x-dim">{one.judge ? t('people.with', { name: one.judge.name }) : t('people.nobody')}</p>
      <PeopleDeeds one={one} onMoved={put} />
      {one.statement ? <StatementView one={one} statement={one.statement} /> : null}
      <Appealed one={one} />
      <Wanted one={one} />
      <DecisionsButton
        queryKey={[...KEY, one.id, 'why', one.version]}
        load={(signal) => api.GET('/platform/v1/appeals/{appeal}/why', { params: { path: { appeal: one.id } }, signal })}
        label={t('part.why_taken')}
      />
      <AppealSteps one={one} />
    </>
  )
}
