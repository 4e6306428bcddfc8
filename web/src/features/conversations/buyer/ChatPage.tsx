import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ComponentType, type ReactNode, useEffect, useMemo } from 'react'
import { useTranslation } from '@/i18n/react'
import { useNavigate, useParams } from 'react-router'
import { api, asRefusal } from '@/api'
import type { Realtime } from '@/realtime'
import { useRealtime } from '@/realtime/react'
import { formatMoney } from '@/ui/money'
import { StateBlock } from '@/ui/StateBlock'
import type { DrawCard } from '../chat/ChatView'
import { ChatSession } from '../chat/session'
import { ChatIsland } from './ChatIsland'

/** One shop, one conversation, for as long as there are questions. */
export default function ChatPage({ cards, beside, Below }: { cards?: (realtime: Realtime) => DrawCard; beside?: ReactNode; Below?: ComponentType<{ conversation: string }> }) {
  const { shop = '' } = useParams()
  const { t, i18n } = useTranslation('conversations')
  const realtime = useRealtime()
  const navigate = useNavigate()
  const opened = useQuery({
    queryKey: ['conversation-with', shop],
    queryFn: () => api.POST('/public/v1/shops/{shop}/conversation', { params: { path: { shop } } }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const orders = useQuery({
    queryKey: ['my-orders', shop],
    queryFn: () => api.GET('/public/v1/orders', { params: { query: { shop, limit: 20 } } }),
  })
  const session = useMemo(
    () => (opened.data ? new ChatSession(api, realtime, opened.data) : null),
    [opened.data, realtime],
  )
  const drawCard = useMemo(() => cards?.(realtime), [cards, realtime])
  useEffect(() => {
    document.title = opened.data?.shop.name ?? t('chat.shop')
  }, [opened.data, t])
  if (opened.isPending) return <StateBlock state="loading" skeleton="thread" />
  if (opened.isError) {
    return <StateBlock state="error" error={asRefusal(opened.error)} onRetry={() => void opened.refetch()} />
  }
  const choices = (orders.data?.data ?? []).map((order) => ({
    id: order.id,
    label: `${order.items[0]?.title ?? order.external_id} · ${formatMoney(order.total_minor, order.currency, i18n.language)}`,
  }))
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100%', maxWidth: 860, margin: '0 auto', width: '100%' }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px', padding: '4px 8px' }}>
        <Button type="text" size="large" onClick={() => void navigate('/')}>
          ← {t('buyer.back')}
        </Button>
        <h1 style={{ fontSize: 17, margin: 0, flex: '1 0 min(160px, 40%)' }}>{opened.data.shop.name}</h1>
        {beside}
      </div>
      <div style={{ flex: 1, minHeight: 0 }}>{session ? <ChatIsland session={session} orders={choices} {...(drawCard ? { drawCard } : {})} /> : null}</div>
      {Below ? <Below conversation={opened.data.id} /> : null}
    </div>
  )
}
