import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { asRefusal, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { Money } from '@/ui/Money'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { type Funds, useFunds } from '../wire'
import { ShopPayouts } from '../payouts/ShopPayouts'
import { Statement } from './Statement'
import { TopUpDialog } from './TopUpDialog'

/** What a shop has with the marketplace: balance, deposit, debt, how they came about, and what is paid to buyers. */
export default function FundsPage({ shop, extra }: { shop: string; extra?: ReactNode }) {
  const { t } = useTranslation('ledger')
  const query = useFunds(shop)
  const queries = useQueryClient()
  const mayWrite = useReach('funds.write') !== 'none'
  const [topping, setTopping] = useState(false)
  const changed = () => queries.invalidateQueries({ queryKey: ['ledger', shop] })
  useTopic(
    `shop:${shop}`,
    refreshing(changed, ({ name }) => {
      if (name.startsWith('ledger.')) void changed()
    }),
  )
  const funds = query.data?.data ?? []
  return (
    <Sheet
      title={t('funds.title')}
      hint={t('funds.hint')}
      extra={
        <>
          {extra}
          {mayWrite ? (
            <Button type="primary" onClick={() => setTopping(true)}>
              {t('topup.title')}
            </Button>
          ) : null}
        </>
      }
    >
      <StateBlock
        state={stateOf(query, funds.length === 0)}
        skeleton="card"
        title={t('funds.none')}
        hint={t('funds.none_hint')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {funds.map((one) => (
          <Tiles key={one.currency} funds={one} />
        ))}
      </StateBlock>
      <Part title={t('statement.title')}>
        <Statement shop={shop} currencies={funds.map((one) => one.currency)} onChanged={changed} />
      </Part>
      <Part title={t('payouts.title')}>
        <ShopPayouts shop={shop} />
      </Part>
      {topping ? <TopUpDialog shop={shop} currency={funds[0]?.currency ?? 'CNY'} onDone={changed} onClose={() => setTopping(false)} /> : null}
    </Sheet>
  )
}

function Tiles({ funds }: { funds: Funds }) {
  const { t } = useTranslation('ledger')
  const tiles = [
    [t('account.balance'), funds.balance_minor],
    [t('account.deposit'), funds.deposit_minor],
    [t('account.debt'), funds.debt_minor],
  ] as const
  return (
    <dl className="x-tiles" aria-label={funds.currency}>
      {tiles.map(([name, minor]) => (
        <div key={name} className="x-tile">
          <dt>{name}</dt>
          <dd className="x-figures">
            <Money minor={minor ?? 0} currency={funds.currency} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
