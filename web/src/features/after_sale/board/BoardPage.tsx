import { CloseOutlined, MessageOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { Link, Navigate, useLocation, useNavigate, useParams } from 'react-router'
import { asRefusal, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { lazily } from '@/ui/lazily'
import { useShortcut } from '@/ui/shortcuts'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { VirtualList } from '@/ui/VirtualList'
import { CasePanel } from '../shop/CasePanel'
import type { CaseWhole } from '../parts/wire'
import { type BoardFilter, fits, mayAgree, readFilter, writeFilter } from './board'
import './board.css'
import { BoardRow } from './BoardRow'
import { Filters } from './Filters'
import { useBoard } from './useBoard'
import { useRowKeys } from './useRowKeys'

const BulkAgree = lazily(() => import('./BulkAgree'))

/** All open cases of a shop by what falls due next; in the address: the shop, the case that is open, the filters. */
export default function BoardPage() {
  const { t } = useTranslation('after_sale')
  const me = useMe()
  const { shop } = useParams()
  const { search } = useLocation()
  const known = me.shops.find(({ id }) => id === shop)
  const [home] = me.shops
  if (!home) return <StateBlock state="empty" title={t('board.no_shop')} hint={t('board.no_shop_hint')} />
  if (!known) return <Navigate to={{ pathname: `/cases/${home.id}`, search }} replace />
  return <ShopBoard key={known.id} shop={known.id} shops={me.shops} />
}

interface Named {
  id: string
  name: string
}

function ShopBoard({ shop, shops }: { shop: string; shops: readonly Named[] }) {
  const { t } = useTranslation('after_sale')
  const { case: open = null } = useParams()
  const { search } = useLocation()
  const navigate = useNavigate()
  const filter = useMemo(() => readFilter(new URLSearchParams(search)), [search])
  const board = useBoard(shop, filter)
  const { lines, pages, waiting } = board
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [agreeing, setAgreeing] = useState(false)
  const choose = (next: BoardFilter) => {
    setChosen(new Set())
    const query = writeFilter(next).toString()
    void navigate({ pathname: `/cases/${shop}`, search: query && `?${query}` })
  }
  const addressOf = useCallback((id: string) => `/cases/${shop}/${id}${search}`, [shop, search])
  const toggle = useCallback(
    (id: string) =>
      setChosen((before) => {
        const next = new Set(before)
        if (!next.delete(id)) next.add(id)
        return next
      }),
    [],
  )
  const onKeyDown = useRowKeys(toggle)
  useShortcut('escape', () => closeCase(() => void navigate(`/cases/${shop}${search}`)), { label: t('board.close_case'), enabled: open !== null })
  const agreeable = lines.filter(mayAgree)
  const picked = agreeable.filter(({ id }) => chosen.has(id))
  return (
    <div className="as-board" data-open={open !== null}>
      <div className="as-board-main">
        <header className="as-board-head">
          <h1>{t('board.title')}</h1>
          {shops.length > 1 ? (
            <Select
              aria-label={t('board.shop')}
              value={shop}
              onChange={(next: string) => void navigate(`/cases/${next}`)}
              options={shops.map(({ id, name }) => ({ value: id, label: name }))}
              popupMatchSelectWidth={false}
              style={{ width: 'min(44vw, 200px)' }}
            />
          ) : null}
        </header>
        <Filters shop={shop} filter={filter} onChange={choose} />
        <div className="as-board-bar" aria-live="polite">
          {agreeable.length > 0 ? (
            <Button
              size="small"
              onClick={() => setChosen(picked.length === agreeable.length ? new Set() : new Set(agreeable.map(({ id }) => id)))}
            >
              {picked.length === agreeable.length ? t('board.choose_none') : t('board.choose_all', { count: agreeable.length })}
            </Button>
          ) : null}
          {picked.length > 0 ? (
            <Button size="small" type="primary" onClick={() => setAgreeing(true)}>
              {t('board.agree', { count: picked.length })}
            </Button>
          ) : null}
          {waiting > 0 ? (
            <Button size="small" icon={<ReloadOutlined aria-hidden />} onClick={board.reload}>
              {t('board.fresh', { count: waiting })}
            </Button>
          ) : null}
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the links inside */}
        <div className="as-board-list" onKeyDown={onKeyDown}>
          <StateBlock
            state={stateOf(pages, lines.length === 0)}
            skeleton="table"
            title={t('board.none')}
            hint={t('board.none_hint')}
            error={pages.isError ? asRefusal(pages.error) : null}
            onRetry={pages.refetch}
          >
            <VirtualList
              items={lines}
              itemKey={({ id }) => id}
              estimate={62}
              label={t('board.title')}
              placeKey={`cases ${shop} ${search}`}
              onEnd={pages.fetchMore}
              render={(line) => (
                <BoardRow line={line} to={addressOf(line.id)} open={line.id === open} left={!fits(line, filter)} chosen={chosen.has(line.id)} onToggle={toggle} />
              )}
            />
          </StateBlock>
        </div>
      </div>
      {open ? (
        <aside className="as-board-side" aria-label={t('board.case')}>
          <CasePanel key={open} shop={shop} case={open} onMoved={board.put} extra={<Ways shop={shop} id={open} back={`/cases/${shop}${search}`} lines={lines} />} />
        </aside>
      ) : null}
      {agreeing ? <BulkAgree shop={shop} lines={picked} onDone={() => setChosen(new Set())} onReload={board.reload} onClose={() => setAgreeing(false)} /> : null}
    </div>
  )
}

/** What stands over the case closes first. */
function closeCase(close: () => void): void {
  if (!document.querySelector('.ant-modal-wrap, .ant-popover:not(.ant-popover-hidden), .ant-select-open')) close()
}

/** Out of a case: back to the board, or to the buyer's conversation. */
function Ways({ shop, id, back, lines }: { shop: string; id: string; back: string; lines: readonly Pick<CaseWhole, 'id' | 'conversation_id'>[] }) {
  const { t } = useTranslation('after_sale')
  const conversation = lines.find((line) => line.id === id)?.conversation_id
  return (
    <span className="x-actions">
      {conversation ? (
        <Link to={`/${shop}/${conversation}?case=${id}`} className="as-way">
          <MessageOutlined aria-hidden /> {t('board.to_chat')}
        </Link>
      ) : null}
      <Link to={back} className="as-way" aria-label={t('board.close_case')} title={t('board.close_case')}>
        <CloseOutlined aria-hidden />
      </Link>
    </span>
  )
}
