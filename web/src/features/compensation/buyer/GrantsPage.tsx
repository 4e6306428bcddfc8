import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, asRefusal, useCursorPages, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { DecisionsButton } from '@/ui/Decisions'
import { FormDialog } from '@/ui/FormDialog'
import { MoreRows } from '@/ui/MoreRows'
import { NextActions } from '@/ui/NextActions'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { GrantClock, GrantState, GrantSteps, Sum } from '../parts'
import { whyMine } from '../why'
import type { Grant } from '../wire'
import { Exchange } from './Exchange'

const KEY = ['my-compensation']

/** What one was given: money, coupons, points, red packets; open, take, contest. */
export default function GrantsPage() {
  const { t } = useTranslation(['compensation', 'ui'])
  const me = useMe()
  const { grant } = useParams()
  const queries = useQueryClient()
  const pages = useCursorPages(KEY, (after, signal) =>
    api.GET('/public/v1/me/compensation', { params: { query: { limit: 20, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const points = useQuery({ queryKey: [...KEY, 'points'], queryFn: ({ signal }) => api.GET('/public/v1/me/points', { signal }) })
  useTopic(`person:${me.id}`, refreshing(async () => queries.invalidateQueries({ queryKey: KEY })))
  return (
    <div className="x-matter x-thumb">
      <title>{t('buyer.nav')}</title>
      <h1>{t('buyer.nav')}</h1>
      {points.data?.points ? <Exchange mine={points.data} queryKey={KEY} /> : null}
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="card"
        title={t('buyer.none')}
        hint={t('buyer.none_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        <ul className="x-list">
          {pages.items.map((one) => (
            <li key={one.id}>
              <OneGrant one={one} open={one.id === grant} />
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </div>
  )
}

function OneGrant({ one, open }: { one: Grant; open: boolean }) {
  const { t } = useTranslation(['compensation', 'ui'])
  const queries = useQueryClient()
  const [contesting, setContesting] = useState(false)
  const [shown, setShown] = useState(open)
  const path = { params: { path: { grant: one.id } } }
  const changed = () => queries.invalidateQueries({ queryKey: KEY })
  const sum = <Sum minor={one.amount_minor} currency={one.currency} />
  return (
    <article className="x-box" data-mark={one.deeds.some((deed) => deed.allowed) ? 'now' : undefined} aria-label={t(`kind.${one.kind}`)}>
      <header className="x-matter-head">
        <h2>
          {t(`kind.${one.kind}`)} · {sum}
        </h2>
        <GrantState state={one.state} />
      </header>
      <p>
        {t(`purpose.${one.purpose}`)} · {one.shop_name || t(`bearer.${one.bearer}`)} · <RelativeTime at={one.made_at} />
      </p>
      {one.purpose === 'exchange' ? <p>{t('exchange.from', { points: one.note })}</p> : one.note ? <p className="x-said">{one.note}</p> : null}
      <GrantClock grant={one} />
      {one.order_id ? (
        <p>
          <Link to={`/orders/${one.order_id}`}>{t('order')}</Link>
        </p>
      ) : null}
      <div className="x-deeds">
        <NextActions
          deeds={one.deeds}
          actions={{
            claim: { label: t('deed.claim'), primary: true, hideRefused: true, run: () => api.POST('/public/v1/me/compensation/{grant}/claim', path).then(changed) },
            accept: { label: t('deed.accept'), primary: true, hideRefused: true, run: () => api.POST('/public/v1/me/compensation/{grant}/accept', path).then(changed) },
            contest: { label: t('deed.contest'), hideRefused: true, run: () => setContesting(true) },
          }}
        />
      </div>
      <DecisionsButton queryKey={[...KEY, one.id, 'why', one.version]} load={(signal) => whyMine(one, signal)} />
      <Button type="link" style={{ paddingInline: 0 }} aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t('timeline')}
      </Button>
      {shown ? <History id={one.id} version={one.version} /> : null}
      {contesting ? (
        <FormDialog<{ text: string }>
          title={t('deed.contest')}
          submit={t('deed.contest')}
          onSubmit={async ({ text }) => {
            await api.POST('/public/v1/me/compensation/{grant}/contest', { ...path, body: { text: text.trim() } })
            await changed()
          }}
          onClose={() => setContesting(false)}
        >
          <Form.Item name="text" label={t('contest.text')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
            <Input.TextArea rows={4} maxLength={2000} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </article>
  )
}

function History({ id, version }: { id: string; version: number }) {
  const query = useQuery({
    queryKey: [...KEY, id, version],
    queryFn: ({ signal }) => api.GET('/public/v1/me/compensation/{grant}', { params: { path: { grant: id } }, signal }),
  })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? <GrantSteps whole={query.data} /> : null}
    </StateBlock>
  )
}
