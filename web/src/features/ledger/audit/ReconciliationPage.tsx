import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useSearchParams } from 'react-router'
import { api, asRefusal, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Money } from '@/ui/Money'
import { type Column, Rows } from '@/ui/Rows'
import { useServerNow } from '@/ui/serverClock'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { dayOf } from '@/ui/time'
import { PayoutState } from '../payouts/PayoutState'
import { type Audit, type Difference, type Reconciliation, useShops } from '../wire'

const DAY_MS = 86_400_000

/** One day of payouts as the provider and our books know it, and whether all books add up. */
export default function ReconciliationPage() {
  const { t } = useTranslation('ledger')
  const now = useServerNow()
  const me = useMe()
  const [params, setParams] = useSearchParams()
  const day = params.get('day') ?? dayOf(now() - DAY_MS, me.marketplace.time_zone)
  const query = useQuery({
    queryKey: ['ledger', 'reconciliation', day],
    queryFn: ({ signal }) => api.GET('/platform/v1/ledger/reconciliation', { params: { query: { day } }, signal }),
    retry: false,
  })
  const audit = useQuery({ queryKey: ['ledger', 'audit'], queryFn: ({ signal }) => api.GET('/platform/v1/ledger', { signal }) })
  return (
    <Sheet
      title={t('audit.title')}
      hint={t('audit.hint')}
      extra={
        <label className="x-actions">
          {t('audit.day')}
          <input
            type="date"
            value={day}
            onChange={(event) => {
              if (event.target.value) setParams({ day: event.target.value })
            }}
            style={{ font: 'inherit', minHeight: 30, padding: '0 8px', borderRadius: 6, border: '1px solid #7c8796', background: 'none', color: 'inherit' }}
          />
        </label>
      }
    >
      <StateBlock
        state={stateOf(query, false)}
        skeleton="table"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {query.data ? <DayView day={query.data} /> : null}
      </StateBlock>
      <Part title={t('audit.books')}>
        <StateBlock
          state={stateOf(audit, false)}
          skeleton="table"
          error={audit.isError ? asRefusal(audit.error) : null}
          onRetry={() => void audit.refetch()}
        >
          {audit.data ? <Books audit={audit.data} /> : null}
        </StateBlock>
      </Part>
    </Sheet>
  )
}

function DayView({ day }: { day: Reconciliation }) {
  const { t } = useTranslation('ledger')
  const { shops } = useShops()
  const columns: readonly Column<Difference>[] = [
    { id: 'kind', title: t('audit.kind'), render: (one) => <strong>{t(`difference.${one.kind}`)}</strong> },
    { id: 'ours', title: t('audit.ours'), render: (one) => <Sum minor={one.ours_minor} currency={one.currency} /> },
    { id: 'theirs', title: t('audit.theirs'), render: (one) => <Sum minor={one.theirs_minor} currency={one.currency} /> },
    { id: 'state', title: t('payouts.state'), render: (one) => (one.state ? <PayoutState state={one.state} /> : '–') },
    { id: 'shop', title: t('funds.shop'), render: (one) => shops.find(({ id }) => id === one.shop)?.name ?? '–' },
    { id: 'ref', title: t('payouts.ref'), render: (one) => <Copyable text={one.provider_ref ?? one.key} /> },
  ]
  const { differences, sums } = day
  const nothing = differences.length === 0 && sums.length === 0
  return (
    <>
      <Alert
        type={differences.length > 0 ? 'warning' : 'success'}
        showIcon
        title={nothing ? t('audit.nothing') : differences.length > 0 ? t('audit.differs', { count: differences.length }) : t('audit.agrees', { count: day.agreed })}
      />
      {sums.length > 0 ? (
        <Rows
          label={t('audit.sums')}
          rows={sums}
          rowKey={(one) => one.currency}
          columns={[
            { id: 'currency', title: t('statement.currency'), render: (one) => one.currency },
            { id: 'ours', title: t('audit.ours'), render: (one) => <Counted count={one.ours} minor={one.ours_minor} currency={one.currency} /> },
            { id: 'theirs', title: t('audit.theirs'), render: (one) => <Counted count={one.theirs} minor={one.theirs_minor} currency={one.currency} /> },
          ]}
        />
      ) : null}
      {differences.length > 0 ? (
        <Part title={t('audit.differences')}>
          <Rows label={t('audit.differences')} columns={columns} rows={differences} rowKey={(one) => `${one.kind} ${one.key} ${one.provider_ref ?? ''}`} />
        </Part>
      ) : null}
    </>
  )
}

function Sum({ minor, currency }: { minor: number | null; currency: string }) {
  return minor === null ? <>–</> : <Money minor={minor} currency={currency} />
}

function Counted({ count, minor, currency }: { count: number; minor: number; currency: string }) {
  const { t } = useTranslation('ledger')
  return (
    <>
      <Money minor={minor} currency={currency} /> <span className="x-quiet">{t('audit.payouts', { count })}</span>
    </>
  )
}

function Books({ audit }: { audit: Audit }) {
  const { t } = useTranslation('ledger')
  return (
    <>
      <Alert type={audit.is_balanced ? 'success' : 'error'} showIcon title={t(audit.is_balanced ? 'audit.balanced' : 'audit.unbalanced')} style={{ marginBottom: 8 }} />
      {audit.wrong_accounts.length > 0 ? (
        <ul>
          {audit.wrong_accounts.map((one) => (
            <li key={`${one.kind} ${one.owner} ${one.currency}`}>
              {t(`kind.${one.kind}`)} <code>{one.owner}</code> <Money minor={one.balance_minor} currency={one.currency} />
            </li>
          ))}
        </ul>
      ) : null}
      <Rows
        label={t('audit.books')}
        rows={audit.totals}
        rowKey={(one) => `${one.kind} ${one.currency}`}
        columns={[
          { id: 'kind', title: t('audit.account'), render: (one) => t(`kind.${one.kind}`) },
          { id: 'accounts', title: t('audit.accounts'), render: (one) => <span className="x-figures">{one.accounts}</span> },
          { id: 'balance', title: t('audit.balance'), render: (one) => <Money minor={one.balance_minor} currency={one.currency} /> },
        ]}
      />
    </>
  )
}
