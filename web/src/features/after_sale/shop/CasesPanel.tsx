import { ArrowLeftOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { CaseClock } from '../parts/CaseClock'
import { ended } from '../parts/look'
import { StateTag } from '../parts/StateTag'
import type { CaseLine } from '../parts/wire'
import { CasePanel } from './CasePanel'
import { listCases } from './server'
import './shop.css'
import { StageTag } from './StageTag'
import type { Moved } from './useCase'

export interface CasesPanelProps {
  shop: string
  buyer: string
  /** The case that is open, by its address. */
  open: string | null
  onOpen: (id: string | null) => void
}

const PAGE = 20

/** The buyer's cases in this shop beside the conversation, or the one that is open. */
export default function CasesPanel({ shop, buyer, open, onOpen }: CasesPanelProps) {
  const { t } = useTranslation('after_sale')
  if (open === null) return <List shop={shop} buyer={buyer} onOpen={onOpen} />
  return (
    <CasePanel
      key={open}
      shop={shop}
      case={open}
      extra={
        <Button size="small" icon={<ArrowLeftOutlined aria-hidden />} onClick={() => onOpen(null)}>
          {t('shop.all_of_buyer')}
        </Button>
      }
    />
  )
}

function List({ shop, buyer, onOpen }: Omit<CasesPanelProps, 'open'>) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const queries = useQueryClient()
  const key = ['after_sale', shop, 'of_buyer', buyer]
  const pages = useCursorPages(key, (after, signal) =>
    listCases(shop, { order: 'newest', buyer, limit: PAGE, ...(after ? { starting_after: after } : {}) }, signal),
  )
  const refetch = () => queries.invalidateQueries({ queryKey: key })
  useTopic(
    `shop:${shop}`,
    refreshing(refetch, ({ name, body }) => {
      if (name.startsWith('after_sale.') && (body as Moved).buyer === buyer) void refetch()
    }),
  )
  const running = pages.items.filter((one) => !ended(one.state))
  const over = pages.items.filter((one) => ended(one.state))
  return (
    <div className="as-cases">
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="card"
        title={t('shop.none_of_buyer')}
        hint={t('shop.none_of_buyer_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        {running.map((one) => (
          <Line key={one.id} one={one} onOpen={onOpen} />
        ))}
        {over.length > 0 ? <h3>{t('shop.over')}</h3> : null}
        {over.map((one) => (
          <Line key={one.id} one={one} onOpen={onOpen} />
        ))}
        {pages.hasMore ? (
          <Button block loading={pages.isFetchingMore} onClick={pages.fetchMore}>
            {t('ui:action.more')}
          </Button>
        ) : null}
      </StateBlock>
    </div>
  )
}

function Line({ one, onOpen }: { one: CaseLine; onOpen: (id: string) => void }) {
  const { t } = useTranslation('after_sale')
  return (
    <button type="button" className="as-case-line" onClick={() => onOpen(one.id)}>
      <span className="as-case-line-head">
        <strong>{t(`kind.${one.kind}`)}</strong>
        <Money minor={one.refund_minor} currency={one.currency} />
      </span>
      <span>
        <StateTag line={one} viewer="shop" /> <StageTag stage={one.stage} />
      </span>
      <span className="as-quiet">
        {one.lines[0]?.title ?? one.order_number} · <RelativeTime at={one.opened_at} />
      </span>
      <CaseClock line={one} short />
    </button>
  )
}
