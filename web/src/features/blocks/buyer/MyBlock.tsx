import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, asRefusal, useAppealRight } from '@/api'
import { useTranslation } from '@/i18n/react'
import { AppealWay } from '@/ui/AppealWay'
import { DecisionsButton } from '@/ui/Decisions'
import { NextActions } from '@/ui/NextActions'
import { parseMoney } from '@/ui/money'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { BlockClock, BlockFacts, BlockHistory, BlockState, currencyOf, MadeGood } from '../parts'
import { TextDialog } from '../TextDialog'
import type { BlockWhole } from '../wire'

const KEY = ['my-blocks']

/** One of one's own blocks. */
export function MyBlock({ id }: { id: string }) {
  const query = useQuery({
    queryKey: [...KEY, id],
    queryFn: ({ signal }) => api.GET('/public/v1/me/blocks/{block}', { params: { path: { block: id } }, signal }),
  })
  return (
    <div className="x-matter x-thumb">
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {query.data ? <Whole whole={query.data} /> : null}
      </StateBlock>
    </div>
  )
}

function Whole({ whole }: { whole: BlockWhole }) {
  const { t } = useTranslation(['blocks', 'ui'])
  const queries = useQueryClient()
  const [deed, setDeed] = useState<'state' | 'ask' | 'receipt' | null>(null)
  const { block } = whole
  const path = { params: { path: { block: block.id } } }
  const currency = currencyOf(whole)
  const right = useAppealRight(null, 'block', block.id)
  const done = () => queries.invalidateQueries({ queryKey: KEY })
  const title = deed ? t(`deed.${deed}`) : ''
  return (
    <>
      <title>{t('buyer.nav')}</title>
      <p>
        <Link to="/blocks">{t('back')}</Link>
      </p>
      <header className="x-matter-head">
        <h1>
          {block.side === 'shop' ? block.shop_name : t('side.marketplace')} · {t(`scope.${block.scope}`)}
        </h1>
        <BlockState state={block.state} />
      </header>
      <BlockClock block={block} />
      <MadeGood whole={whole} currency={currency}>
        {whole.grants.length > 0 ? (
          <p>
            <Link to="/compensation">{t('good.to_grants')}</Link>
          </p>
        ) : null}
      </MadeGood>
      <section className="x-box">
        <BlockFacts block={block} />
        <DecisionsButton queryKey={[...KEY, block.id, 'why']} load={(signal) => api.GET('/public/v1/me/blocks/{block}/why', { ...path, signal })} />
        <AppealWay right={right.data} kind="block" target={block.id} base="/appeals" />
      </section>
      <div className="x-deeds">
        <NextActions
          deeds={block.deeds}
          actions={{
            state: { label: t('deed.state'), primary: true, hideRefused: true, run: () => setDeed('state') },
            ask: { label: t('deed.ask'), primary: true, hideRefused: !block.is_binding, run: () => setDeed('ask') },
            receipt: { label: t('deed.receipt'), hideRefused: true, run: () => setDeed('receipt') },
          }}
        />
      </div>
      <BlockHistory whole={whole} currency={currency} />
      {deed === 'state' ? (
        <TextDialog<{ text: string }>
          title={title}
          label={t('label.statement')}
          onSubmit={async ({ text }) => {
            await api.POST('/public/v1/me/blocks/{block}/statement', { ...path, body: { text: text.trim() } })
            await done()
          }}
          onClose={() => setDeed(null)}
        />
      ) : null}
      {deed === 'ask' ? (
        <TextDialog<{ text: string; minutes?: number }>
          title={title}
          label={t('label.why_review')}
          onSubmit={async ({ text, minutes }) => {
            await api.POST('/public/v1/me/blocks/{block}/ask', { ...path, body: { text: text.trim(), minutes: minutes ?? 0 } })
            await done()
          }}
          onClose={() => setDeed(null)}
        >
          <Form.Item name="minutes" label={t('label.minutes')}>
            <InputNumber min={0} max={10_000} precision={0} />
          </Form.Item>
        </TextDialog>
      ) : null}
      {deed === 'receipt' ? (
        <TextDialog<{ text: string; amount: string }>
          title={title}
          label={t('label.what_for')}
          onSubmit={async ({ text, amount }) => {
            await api.POST('/public/v1/me/blocks/{block}/receipts', { ...path, body: { text: text.trim(), amount_minor: parseMoney(amount, currency) ?? 0 } })
            await done()
          }}
          onClose={() => setDeed(null)}
        >
          <Form.Item name="amount" label={t('label.amount')} rules={[{ required: true, message: t('ui:form.needed') }]}>
            <Input inputMode="decimal" suffix={currency} />
          </Form.Item>
        </TextDialog>
      ) : null}
    </>
  )
}
