import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { type About, ComplainForm } from '../parts/ComplainForm'
import type { Doors } from '../parts/wire'

/** Complain about a buyer: from his order, from a conversation, or by the link of the hotline. */
export function Complain({ doors, shop }: { doors: Doors; shop: string }) {
  const { t } = useTranslation('complaints')
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const asked = { order: search.get('order'), conversation: search.get('conversation'), prepared: search.get('prepared') }
  const query = useQuery({
    queryKey: [...doors.key, 'about', asked],
    queryFn: ({ signal }) => about(doors, shop, asked, signal),
  })
  const named = query.data && (query.data.purchase || query.data.conversation || query.data.buyer)
  return (
    <section>
      <h1>{t('shop.new')}</h1>
      <FindOrder onFound={(order) => setSearch({ order })} shop={shop} />
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {named && query.data ? (
          <ComplainForm doors={doors} about={query.data} onSent={(whole) => void navigate(doors.place.one(whole.merged_into ?? whole.id), { replace: true })} />
        ) : (
          <p>{t('shop.name_order')}</p>
        )}
      </StateBlock>
    </section>
  )
}

interface Asked {
  order: string | null
  conversation: string | null
  prepared: string | null
}

async function about(doors: Doors, shop: string, asked: Asked, signal: AbortSignal): Promise<About> {
  const form = asked.prepared ? await doors.prepared(asked.prepared, signal) : null
  const purchase = form?.order_id ?? asked.order
  const order = purchase ? await api.GET('/api/v1/shops/{shop}/orders/{purchase}', { params: { path: { shop, purchase } }, signal }) : null
  return {
    ...(order ? { purchase: order.id, items: order.items.map(({ id, title }) => ({ id, title })) } : {}),
    ...(asked.conversation ? { conversation: asked.conversation } : {}),
    ...(form ? { type: form.type, text: form.text } : {}),
    ...(asked.prepared ? { prepared: asked.prepared } : {}),
  }
}

function FindOrder({ shop, onFound }: { shop: string; onFound: (order: string) => void }) {
  const { t } = useTranslation('complaints')
  const [number, setNumber] = useState('')
  const [none, setNone] = useState(false)
  const find = async () => {
    const page = await api.GET('/api/v1/shops/{shop}/orders', { params: { path: { shop }, query: { q: number.trim(), limit: 1 } } })
    const [order] = page.data
    setNone(!order)
    if (order) onFound(order.id)
  }
  return (
    <div className="cp-field">
      <label htmlFor="cp-order">{t('view.order')}</label>
      <div className="cp-row">
        <Input id="cp-order" value={number} maxLength={100} style={{ flex: '1 1 200px' }} onChange={(event) => setNumber(event.target.value)} onPressEnter={() => void find()} />
        <Button disabled={number.trim() === ''} onClick={() => void find()}>
          {t('shop.find')}
        </Button>
      </div>
      {none ? <p role="alert">{t('shop.no_order')}</p> : null}
    </div>
  )
}
