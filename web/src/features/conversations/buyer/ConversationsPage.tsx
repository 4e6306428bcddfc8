import { useQuery } from '@tanstack/react-query'
import { Badge, Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, asRefusal, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './buyer.css'

/** Whom the buyer talks with, and all shops he may write to. */
export default function ConversationsPage() {
  const { t } = useTranslation('conversations')
  const me = useMe()
  const [search, setSearch] = useState('')
  const mine = useQuery({
    queryKey: ['my-conversations'],
    queryFn: ({ signal }) => api.GET('/public/v1/conversations', { params: { query: { limit: 50 } }, signal }),
  })
  const shops = useQuery({
    queryKey: ['shops'],
    queryFn: ({ signal }) => api.GET('/public/v1/shops', { params: { query: { limit: 100 } }, signal }),
  })
  useTopic(`person:${me.id}`, refreshing(() => mine.refetch()))
  const talks = mine.data?.data ?? []
  const found = (shops.data?.data ?? []).filter((shop) => shop.name.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <div className="b-page">
      <section aria-labelledby="b-mine">
        <h2 id="b-mine">{t('buyer.mine')}</h2>
        <StateBlock
          state={stateOf(mine, talks.length === 0)}
          title={t('buyer.none')}
          hint={t('buyer.none_hint')}
          error={mine.isError ? asRefusal(mine.error) : null}
          onRetry={() => void mine.refetch()}
        >
          <ul className="b-list">
            {talks.map((talk) => (
              <li key={talk.id}>
                <Link to={`/shops/${talk.shop.id}`} className="b-row">
                  <span className="b-title">{talk.shop.name}</span>
                  {talk.last_at ? <RelativeTime at={talk.last_at} /> : null}
                  <span className="b-words">{talk.last_text}</span>
                  <Badge count={talk.unread} aria-label={t('buyer.unread', { number: talk.unread })} />
                </Link>
              </li>
            ))}
          </ul>
        </StateBlock>
      </section>
      {/* What stands below comes when its place is known: nothing jumps. */}
      {mine.isPending ? null : (
        <section aria-labelledby="b-shops">
          <h2 id="b-shops">{t('buyer.shops')}</h2>
          <Input
            allowClear
            size="large"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder={t('buyer.search')}
            aria-label={t('buyer.search')}
          />
          <StateBlock
            state={stateOf(shops, found.length === 0)}
            title={t('buyer.no_shop')}
            error={shops.isError ? asRefusal(shops.error) : null}
            onRetry={() => void shops.refetch()}
          >
            <ul className="b-list">
              {found.map((shop) => (
                <li key={shop.id} className="b-row">
                  <span className="b-title">{shop.name}</span>
                  <Link to={`/shops/${shop.id}`}>
                    <Button type="primary" tabIndex={-1}>
                      {t('buyer.ask')}
                    </Button>
                  </Link>
                </li>
              ))}
            </ul>
          </StateBlock>
        </section>
      )}
    </div>
  )
}
