import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMe, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useDesk, useShelf } from '../data/deskStore'
import { type ListFilter, useViewIds } from '../data/useViewList'
import type { View } from '../model/arrange'
import { ConversationList } from './ConversationList'
import { type ViewTab, ViewTabs } from './ViewTabs'

export interface ListColumnProps {
  view: View
  filter: ListFilter
  open: string | null
  addressOf: (conversation: string) => string
  go: (conversation: string) => void
  choose: (view: View) => void
  chooseShop: (shop: string) => void
  search: () => void
}

/** The left column: shop, lists by name, the list. */
export function ListColumn(props: ListColumnProps) {
  const { t } = useTranslation('conversations')
  const tabs = useTabs()
  return (
    <aside className="xd-list" aria-label={t('desk.lists')}>
      <div className="xd-list-head">
        <ShopChoice chooseShop={props.chooseShop} />
        <Button type="text" icon={<SearchOutlined aria-hidden />} aria-label={t('desk.search.title')} title={t('desk.search.title')} onClick={props.search} />
      </div>
      <ViewTabs tabs={tabs} view={props.view} choose={props.choose} />
      <ConversationList key={props.view} {...props} />
    </aside>
  )
}

const NO_FILTER: ListFilter = {}

function useTabs(): ViewTab[] {
  const { byId } = useShelf()
  const lead = useReach('conversations.read') !== 'own'
  const mine = useViewIds('mine', NO_FILTER, true)
  const queue = useViewIds('queue', NO_FILTER, true)
  const snoozed = useViewIds('snoozed', NO_FILTER, true)
  const mentions = useViewIds('mentions', NO_FILTER, true)
  const tabs: ViewTab[] = [
    { view: 'mine', count: mine.wanted.length, alive: mine.wanted.some((id) => (byId.get(id)?.unread ?? 0) > 0) },
    { view: 'queue', count: queue.wanted.length, more: queue.query.hasNextPage },
    { view: 'snoozed', count: snoozed.wanted.length },
    { view: 'mentions', count: mentions.wanted.length, more: mentions.query.hasNextPage, alive: mentions.wanted.length > 0 },
    { view: 'closed', count: 0 },
  ]
  return lead ? [...tabs, { view: 'all', count: 0 }] : tabs
}

function ShopChoice({ chooseShop }: { chooseShop: (shop: string) => void }) {
  const { t } = useTranslation('conversations')
  const { shops } = useMe()
  const { shop } = useDesk()
  if (shops.length < 2) return <h1 className="xd-shop">{shops[0]?.name}</h1>
  return (
    <select className="xd-select" aria-label={t('desk.shop')} value={shop} onChange={(event) => chooseShop(event.target.value)}>
      {shops.map((each) => (
        <option key={each.id} value={each.id}>
          {each.name}
        </option>
      ))}
    </select>
  )
}
