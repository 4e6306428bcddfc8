import { Button, Radio, Select, Tag } from 'antd'
import { useState } from 'react'
import { api, asRefusal, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { NoteDialog } from '../NoteDialog'
import { type Account, ACCOUNTS, type StatementLine, useStatement } from '../wire'
import { mayReverse, reversedOf } from './reverse'

interface Props {
  shop: string
  currencies: readonly string[]
  onChanged: () => Promise<unknown>
}

/** The lines of one account, the newest first, each with the balance it led to. */
export function Statement({ shop, currencies, onChanged }: Props) {
  const { t, i18n } = useTranslation(['ledger', 'ui'])
  const mayWrite = useReach('funds.write') !== 'none'
  const [account, setAccount] = useState<Account>('balance')
  const [currency, setCurrency] = useState<string | null>(null)
  const [reversed, setReversed] = useState<StatementLine | null>(null)
  const pages = useStatement(shop, account, currency)
  const undone = reversedOf(pages.items)
  const reasonOf = (reason: string) => (i18n.exists(`ledger:reason.${reason}`) ? t(`reason.${reason}` as 'reason.top_up') : reason)
  const columns: readonly Column<StatementLine>[] = [
    { id: 'at', title: t('statement.at'), render: (one) => <RelativeTime at={one.at} /> },
    {
      id: 'reason',
      title: t('statement.reason'),
      render: (one) => (
        <span>
          {reasonOf(one.reason)} {undone.has(one.posting) ? <Tag>{t('statement.reversed')}</Tag> : null}
          {one.note ? <div className="x-quiet x-small">{one.note}</div> : null}
        </span>
      ),
    },
    { id: 'amount', title: t('statement.amount'), render: (one) => <Money minor={one.amount_minor} currency={one.currency} /> },
    { id: 'balance', title: t('statement.balance'), render: (one) => <Money minor={one.balance_minor} currency={one.currency} /> },
  ]
  return (
    <>
      <div className="x-actions" style={{ marginBottom: 8 }}>
        <Radio.Group
          aria-label={t('statement.account')}
          optionType="button"
          value={account}
          onChange={(event) => setAccount(event.target.value as Account)}
          options={ACCOUNTS.map((value) => ({ value, label: t(`account.${value}`) }))}
        />
        {currencies.length > 1 ? (
          <Select aria-label={t('statement.currency')} value={currency ?? currencies[0] ?? ''} onChange={setCurrency} options={currencies.map((value) => ({ value, label: value }))} />
        ) : null}
      </div>
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="table"
        title={t('statement.none')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        <Rows
          label={t('statement.title')}
          columns={columns}
          rows={pages.items}
          rowKey={(one) => String(one.number)}
          {...(mayWrite
            ? {
                renderActions: (one: StatementLine) =>
                  mayReverse(one, undone) ? (
                    <Button size="small" danger onClick={() => setReversed(one)}>
                      {t('topup.reverse')}
                    </Button>
                  ) : null,
              }
            : {})}
        />
        <MoreRows pages={pages} />
      </StateBlock>
      {reversed ? (
        <NoteDialog
          title={t('topup.reverse')}
          sentence={t('topup.reverse_then')}
          onSubmit={async (note) => {
            await api.POST('/platform/v1/shops/{shop}/funds/top-ups/{top_up}/reverse', {
              params: { path: { shop, top_up: reversed.posting } },
              body: { note },
            })
            await onChanged()
          }}
          onClose={() => setReversed(null)}
        />
      ) : null}
    </>
  )
}
