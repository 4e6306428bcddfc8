import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock } from '@/ui/StateBlock'
import { useShortcut } from '@/ui/shortcuts'
import { VirtualList } from '@/ui/VirtualList'
import type { View } from '../model/arrange'
import type { ListFilter, ViewList } from '../data/useViewList'
import { useViewList } from '../data/useViewList'
import { ListRow } from './ListRow'

export interface ConversationListProps {
  view: View
  filter: ListFilter
  open: string | null
  addressOf: (conversation: string) => string
  go: (conversation: string) => void
}

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/** One list. While it is pointed at, nothing in it moves. */
export function ConversationList({ view, filter, open, addressOf, go }: ConversationListProps) {
  const { t } = useTranslation('conversations')
  const [held, setHeld] = useState(false)
  const list = useViewList(view, filter, held)
  return (
    <div
      className="xd-list-body"
      onPointerEnter={(event) => event.pointerType === 'mouse' && setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Keys ids={list.ids} open={open} go={go} />
      <Body list={list} view={view} open={open} addressOf={addressOf} />
      <Arrived list={list} held={held} letGo={() => setHeld(false)} />
      <span className="x-heard" role="status">
        {list.isPending ? '' : t('desk.list.count', { count: list.ids.length })}
      </span>
    </div>
  )
}

function Body({ list, view, open, addressOf }: { list: ViewList } & Pick<ConversationListProps, 'view' | 'open' | 'addressOf'>) {
  const { t } = useTranslation('conversations')
  if (list.ids.length === 0) {
    if (list.isPending) return <StateBlock state="loading" skeleton="list" />
    if (list.error) return <StateBlock state="error" error={asRefusal(list.error)} onRetry={list.refetch} />
    return <StateBlock state="empty" title={t(`desk.empty.${view}`)} hint={t(`desk.empty_hint.${view}`)} />
  }
  const wanted = new Set(list.wanted)
  return (
    <VirtualList
      items={list.ids}
      itemKey={(id) => id}
      estimate={64}
      label={t(`desk.view.${view}`)}
      placeKey={`desk list ${view}`}
      {...(list.hasMore ? { onEnd: list.more } : {})}
      render={(id, place) => (
        <ListRow
          id={id}
          number={place < NUMBERS.length ? place + 1 : 0}
          address={addressOf(id)}
          open={id === open}
          gone={!wanted.has(id)}
          showServed={view === 'all' || view === 'queue' || view === 'mentions'}
        />
      )}
    />
  )
}

/** New lines stand at the end while the list is held; this says so and lets go. */
function Arrived({ list, held, letGo }: { list: ViewList; held: boolean; letGo: () => void }) {
  const { t } = useTranslation('conversations')
  const settled = list.ids.length === list.wanted.length && list.ids.every((id, place) => id === list.wanted[place])
  if (!held || settled) return null
  return (
    <button type="button" className="xd-arrived" onClick={letGo}>
      {t('desk.list.arrived')}
    </button>
  )
}

function Keys({ ids, open, go }: { ids: readonly string[]; open: string | null; go: (conversation: string) => void }) {
  const { t } = useTranslation('conversations')
  const at = open === null ? -1 : ids.indexOf(open)
  const step = (by: number) => {
    const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by]
    if (next) go(next)
  }
  useShortcut('alt+arrowdown', () => step(1), { label: t('desk.keys.next') })
  useShortcut('alt+arrowup', () => step(-1), { label: t('desk.keys.previous') })
  return NUMBERS.map((number) => <NumberKey key={number} number={number} open={() => go(ids[number - 1] ?? '')} on={ids.length >= number} />)
}

function NumberKey({ number, open, on }: { number: number; open: () => void; on: boolean }) {
  const { t } = useTranslation('conversations')
  useShortcut(String(number), open, { enabled: on, label: number === 1 ? t('desk.keys.number') : '' })
  return null
}
