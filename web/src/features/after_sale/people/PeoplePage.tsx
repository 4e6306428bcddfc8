import { CloseOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Money } from '@/ui/Money'
import { MoreRows } from '@/ui/MoreRows'
import { NextActions } from '@/ui/NextActions'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { lazily } from '@/ui/lazily'
import { CaseClock } from '../parts/CaseClock'
import { StateTag } from '../parts/StateTag'
import type { CaseLine, CaseWhole } from '../parts/wire'
import { Facts } from '../shop/CaseFacts'
import { StageTag } from '../shop/StageTag'
import '../shop/shop.css'
import './people.css'

const DecideDialog = lazily(() => import('./DecideDialog'))
const EVERY_MS = 15_000
const KEY = ['after_sale', 'people']

/** What people of the marketplace have to look at, in every shop; what falls due first stands first. */
export default function PeoplePage() {
  const { t } = useTranslation('after_sale')
  const { case: open } = useParams()
  return (
    <div className="as-people" data-open={open !== undefined}>
      <div className="as-people-list">
        <Sheet title={t('people.title')} hint={t('people.hint')}>
          <List />
        </Sheet>
      </div>
      {open ? (
        <aside className="as-people-side" aria-label={t('board.case')}>
          <OneCase key={open} id={open} />
        </aside>
      ) : null}
    </div>
  )
}

function List() {
  const { t } = useTranslation('after_sale')
  const query = useInfiniteQuery({
    queryKey: [...KEY, 'list'],
    queryFn: ({ pageParam, signal }) =>
      api.GET('/platform/v1/cases', { params: { query: { limit: 50, ...(pageParam ? { starting_after: pageParam } : {}) } }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : null),
    // No topic tells of all shops: it is read anew whenever it is opened, and every so often.
    staleTime: 0,
    refetchInterval: EVERY_MS,
  })
  const rows = query.data?.pages.flatMap((page) => page.data) ?? []
  const columns: readonly Column<CaseLine>[] = [
    {
      id: 'what',
      title: t('board.kind'),
      render: (one) => (
        <span>
          <Link to={`/decide/${one.id}`}>
            <strong>{t(`kind.${one.kind}`)}</strong>
          </Link>{' '}
          <span className="as-quiet">{t(`reason.${one.reason}` as 'reason.quality')}</span>
          <div className="x-clip">{one.lines[0]?.title}</div>
        </span>
      ),
    },
    { id: 'state', title: t('board.state'), render: (one) => <StateTag line={one} viewer="people" /> },
    { id: 'due', title: t('board.due'), render: (one) => <><CaseClock line={one} short /> <StageTag stage={one.stage} /></> },
    { id: 'who', title: t('side.buyer'), render: (one) => <span>{one.buyer_name} <div className="as-quiet">{one.order_number}</div></span> },
    { id: 'sum', title: t('shop.amount'), render: (one) => <Money minor={one.refund_minor || one.asked_minor} currency={one.currency} /> },
  ]
  return (
    <StateBlock
      state={stateOf(query, rows.length === 0)}
      skeleton="table"
      title={t('people.none')}
      hint={t('people.none_hint')}
      error={query.isError ? asRefusal(query.error) : null}
      onRetry={() => void query.refetch()}
    >
      <Rows label={t('people.title')} columns={columns} rows={rows} rowKey={(one) => one.id} />
      <MoreRows pages={{ hasMore: query.hasNextPage, isFetchingMore: query.isFetchingNextPage, fetchMore: () => void query.fetchNextPage() }} />
    </StateBlock>
  )
}

function OneCase({ id }: { id: string }) {
  const query = useQuery({
    queryKey: [...KEY, id],
    queryFn: ({ signal }) => api.GET('/platform/v1/cases/{case}', { params: { path: { case: id } }, signal }),
    refetchInterval: EVERY_MS,
  })
  return (
    <section className="as-case">
      <StateBlock
        state={stateOf(query, false)}
        skeleton="card"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {query.data ? <Shown one={query.data} /> : null}
      </StateBlock>
    </section>
  )
}

function Shown({ one }: { one: CaseWhole }) {
  const { t } = useTranslation('after_sale')
  const queries = useQueryClient()
  const [deciding, setDeciding] = useState(false)
  return (
    <>
      <header className="as-case-head">
        <h3>
          {t(`kind.${one.kind}`)} <Tag>{t(`reason.${one.reason}` as 'reason.quality')}</Tag>
          <StageTag stage={one.stage} />
        </h3>
        <Link to="/decide" className="as-way" aria-label={t('board.close_case')}>
          <CloseOutlined aria-hidden />
        </Link>
      </header>
      <p className="as-quiet as-case-whose">
        {one.buyer_name} · <Copyable text={one.order_number} />
      </p>
      <p>
        <StateTag line={one} viewer="people" /> <CaseClock line={one} />
      </p>
      {one.state === 'payment_failed' ? (
        <p>
          <Link to="/payouts">
            <Button size="small" tabIndex={-1}>
              {t('people.to_payouts')}
            </Button>
          </Link>
        </p>
      ) : null}
      <div className="as-deeds">
        <NextActions
          deeds={one.deeds}
          size="small"
          actions={{ decide: { label: t('deed.decide'), run: () => setDeciding(true), primary: true, hideRefused: true } }}
        />
      </div>
      <Facts
        one={one}
        whyKey={[...KEY, one.id, 'why', one.version]}
        loadWhy={(signal) => api.GET('/platform/v1/cases/{case}/why', { params: { path: { case: one.id } }, signal })}
      />
      {deciding ? (
        <DecideDialog one={one} onDone={() => queries.invalidateQueries({ queryKey: KEY })} onClose={() => setDeciding(false)} />
      ) : null}
    </>
  )
}
