import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { DecisionsButton } from '@/ui/Decisions'
import { Panes } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { NextActions } from '@/ui/NextActions'
import { parseMoney } from '@/ui/money'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { GrantClock, GrantState, GrantSteps, Sum } from '../parts'
import { whyAny } from '../why'
import { type Grant, type GrantWhole, POINTS } from '../wire'

const KEY = ['compensation', 'people']

/** Contested offers: what is said against them, how they came about, the answer. */
export default function ContestedPage() {
  const { t } = useTranslation('compensation')
  const { grant } = useParams()
  const pages = useCursorPages<Grant>([...KEY, 'list'], (after, signal) =>
    api.GET('/platform/v1/compensation', { params: { query: { limit: 50, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const list = (
    <Sheet title={t('people.title')} hint={t('people.hint')}>
      <StateBlock state={stateOf(pages, pages.items.length === 0)} skeleton="table" title={t('people.none')} error={pages.isError ? asRefusal(pages.error) : null} onRetry={pages.refetch}>
        <ul className="x-list">
          {pages.items.map((one) => (
            <li key={one.id}>
              <Link className="x-card-link" to={`/compensation/${one.id}`} aria-current={one.id === grant}>
                <span className="x-card-link-head">
                  <strong>{one.receiver_name}</strong>
                  <Sum minor={one.amount_minor} currency={one.currency} />
                </span>
                <span>
                  {t(`kind.${one.kind}`)} · {t(`purpose.${one.purpose}`)}
                </span>
                <GrantClock grant={one} short />
              </Link>
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </Sheet>
  )
  return (
    <Panes open={grant !== undefined} label={t('people.title')} list={list}>
      {grant ? <OneGrant key={grant} id={grant} /> : null}
    </Panes>
  )
}

function OneGrant({ id }: { id: string }) {
  const query = useQuery({
    queryKey: [...KEY, id],
    queryFn: ({ signal }) => api.GET('/platform/v1/compensation/{grant}', { params: { path: { grant: id } }, signal }),
  })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? <Whole whole={query.data} /> : null}
    </StateBlock>
  )
}

function Whole({ whole }: { whole: GrantWhole }) {
  const { t } = useTranslation(['compensation', 'ui'])
  const queries = useQueryClient()
  const [answering, setAnswering] = useState(false)
  const { grant } = whole
  const path = { params: { path: { grant: grant.id } } }
  const changed = () => queries.invalidateQueries({ queryKey: KEY })
  return (
    <div className="x-matter">
      <header className="x-matter-head">
        <h1>
          {grant.receiver_name} · <Sum minor={grant.amount_minor} currency={grant.currency} />
        </h1>
        <GrantState state={grant.state} />
        <Link to="/compensation">{t('ui:action.close')}</Link>
      </header>
      <p>
        {t(`kind.${grant.kind}`)} · {t(`purpose.${grant.purpose}`)} · {grant.shop_name || t(`bearer.${grant.bearer}`)}
      </p>
      <GrantClock grant={grant} />
      <div className="x-deeds">
        <NextActions
          deeds={grant.deeds}
          actions={{
            answer: { label: t('deed.answer'), primary: true, hideRefused: true, run: () => setAnswering(true) },
            undo: {
              label: t('deed.undo'),
              danger: true,
              hideRefused: true,
              consequence: t('sure.undo'),
              run: () => api.POST('/platform/v1/compensation/{grant}/undo', { ...path, body: { text: '' } }).then(changed),
            },
          }}
        />
      </div>
      <GrantSteps whole={whole} />
      <DecisionsButton queryKey={[...KEY, grant.id, 'why']} load={(signal) => whyAny(grant, signal)} />
      {answering ? (
        <FormDialog<{ amount?: string; text: string }>
          title={t('deed.answer')}
          submit={t('deed.answer')}
          onSubmit={async ({ amount, text }) => {
            const raised = amount ? (grant.currency === POINTS ? Number(amount) : parseMoney(amount, grant.currency)) : null
            await api.POST('/platform/v1/compensation/{grant}/answer', { ...path, body: { text: text.trim(), ...(raised ? { amount_minor: raised } : {}) } })
            await changed()
          }}
          onClose={() => setAnswering(false)}
        >
          <Form.Item name="amount" label={t('answer.more')}>
            <Input inputMode="decimal" suffix={grant.currency} />
          </Form.Item>
          <Form.Item name="text" label={t('answer.text')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </div>
  )
}
