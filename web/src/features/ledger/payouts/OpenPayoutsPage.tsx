import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, asRefusal } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { formatMoney } from '@/ui/money'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { NoteDialog } from '../NoteDialog'
import { type Payout, useOpenPayouts, useShops } from '../wire'
import { PayoutState } from './PayoutState'

/** Payouts of every shop that have not come to an end; first those that need a person. */
export default function OpenPayoutsPage() {
  const { t } = useTranslation('ledger')
  const language = useLanguage()
  const queries = useQueryClient()
  const [stuck, setStuck] = useState(true)
  const [cancelled, setCancelled] = useState<Payout | null>(null)
  const query = useOpenPayouts(stuck)
  const { shops } = useShops()
  const rows = query.data?.data ?? []
  const changed = () => queries.invalidateQueries({ queryKey: ['ledger', 'open'] })
  const retry = async (one: Payout) => {
    await api.POST('/platform/v1/payouts/{payout}/retry', { params: { path: { payout: one.id } } })
    await changed()
  }
  const columns: readonly Column<Payout>[] = [
    { id: 'amount', title: t('statement.amount'), render: (one) => <strong><Money minor={one.amount_minor} currency={one.currency} /></strong> },
    { id: 'shop', title: t('funds.shop'), render: (one) => shops.find(({ id }) => id === one.shop)?.name ?? one.shop.slice(-8) },
    { id: 'state', title: t('payouts.state'), render: (one) => <PayoutState state={one.state} /> },
    {
      id: 'trouble',
      title: t('payouts.trouble'),
      render: (one) => (
        <span>
          {one.trouble || '–'}
          <div className="x-quiet x-small">{t('payouts.tries', { round: one.round, attempts: one.attempts })}</div>
        </span>
      ),
    },
    { id: 'ordered', title: t('payouts.ordered'), render: (one) => <RelativeTime at={one.ordered_at} /> },
    {
      id: 'subject',
      title: t('payouts.for'),
      render: (one) => (one.subject_kind === 'case' ? <Link to={`/decide/${one.subject}`}>{t('payouts.case')}</Link> : one.subject_kind),
    },
  ]
  return (
    <Sheet
      title={t('open.title')}
      hint={t('open.hint')}
      extra={
        <Checkbox checked={stuck} onChange={(event) => setStuck(event.target.checked)}>
          {t('open.stuck')}
        </Checkbox>
      }
    >
      <StateBlock
        state={stateOf(query, rows.length === 0)}
        skeleton="table"
        title={t(stuck ? 'open.none_stuck' : 'open.none')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        <Rows
          label={t('open.title')}
          columns={columns}
          rows={rows}
          rowKey={(one) => one.id}
          renderActions={(one) => (
            <>
              <SureButton label={t('open.retry')} sentence={t('open.retry_then', { amount: formatMoney(one.amount_minor, one.currency, language) })} run={() => retry(one)} />
              <Button size="small" danger onClick={() => setCancelled(one)}>
                {t('open.cancel')}
              </Button>
            </>
          )}
        />
      </StateBlock>
      {cancelled ? (
        <NoteDialog
          title={t('open.cancel')}
          sentence={t('open.cancel_then', { amount: formatMoney(cancelled.amount_minor, cancelled.currency, language) })}
          onSubmit={async (note) => {
            await api.POST('/platform/v1/payouts/{payout}/cancel', { params: { path: { payout: cancelled.id } }, body: { note } })
            await changed()
          }}
          onClose={() => setCancelled(null)}
        />
      ) : null}
    </Sheet>
  )
}
