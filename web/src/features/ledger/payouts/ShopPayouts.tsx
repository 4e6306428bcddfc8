import { Select } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Money } from '@/ui/Money'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { type Payout, PAYOUT_STATES, useShopPayouts } from '../wire'
import { PayoutState } from './PayoutState'

/** What is paid to buyers for one shop, the newest first. */
export function ShopPayouts({ shop }: { shop: string }) {
  const { t } = useTranslation('ledger')
  const [state, setState] = useState<Payout['state'] | null>(null)
  const pages = useShopPayouts(shop, state)
  const columns: readonly Column<Payout>[] = [
    { id: 'amount', title: t('statement.amount'), render: (one) => <Money minor={one.amount_minor} currency={one.currency} /> },
    { id: 'state', title: t('payouts.state'), render: (one) => <PayoutState state={one.state} /> },
    { id: 'source', title: t('payouts.source'), render: (one) => t(`source.${one.source}`) },
    { id: 'ordered', title: t('payouts.ordered'), render: (one) => <RelativeTime at={one.ordered_at} /> },
    { id: 'paid', title: t('payouts.paid'), render: (one) => (one.paid_at ? <RelativeTime at={one.paid_at} /> : '–') },
    { id: 'ref', title: t('payouts.ref'), render: (one) => (one.provider_ref ? <Copyable text={one.provider_ref} /> : '–') },
  ]
  return (
    <>
      <Select
        aria-label={t('payouts.state')}
        value={state ?? ''}
        onChange={(next: string) => setState((next || null) as Payout['state'] | null)}
        options={[{ value: '', label: t('payouts.any') }, ...PAYOUT_STATES.map((value) => ({ value: value as string, label: t(`payout.${value}`) }))]}
        style={{ minWidth: 160, marginBottom: 8 }}
      />
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="table"
        title={t('payouts.none')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        <Rows label={t('payouts.title')} columns={columns} rows={pages.items} rowKey={(one) => one.id} />
        <MoreRows pages={pages} />
      </StateBlock>
    </>
  )
}
