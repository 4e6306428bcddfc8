import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import { StateBlock } from '@/ui/StateBlock'
import { differenceMinor, swapped } from './difference'
import { type ChangeFormProps, FormFrame } from './FormFrame'
import { MethodField } from './MethodField'
import { changes, readProducts, readProfile } from './server'

/** Other variants of the same products; the difference is shown before one asks. */
export function ItemsForm({ order, ...frame }: ChangeFormProps) {
  const { t, i18n } = useTranslation('instructions')
  const [swaps, setSwaps] = useState<Record<string, string>>({})
  const [method, setMethod] = useState<string | null>(null)
  const goods = useQuery({ queryKey: ['products', order.shop_id], queryFn: ({ signal }) => readProducts(order.shop_id, signal), staleTime: 60_000 })
  const profile = useQuery({ queryKey: ['my-profile'], queryFn: ({ signal }) => readProfile(signal) })
  const failed = goods.error ?? profile.error
  const products = new Map((goods.data ?? []).map((product) => [product.id, product]))
  const lines = swapped(order.items, swaps)
  const difference = differenceMinor(order.items, swaps, goods.data ?? [])
  const paid = order.payments.length > 0
  const amount = formatMoney(Math.abs(difference), order.currency, i18n.language)
  return (
    <StateBlock
      state={failed ? 'error' : goods.isPending || profile.isPending ? 'loading' : 'ready'}
      skeleton="form"
      error={failed ? asRefusal(failed) : null}
      onRetry={() => void Promise.all([goods.refetch(), profile.refetch()])}
    >
      <FormFrame
        {...frame}
        title={t('change.items')}
        submit={t('buyer.save')}
        ready={lines.length > 0 && (!paid || method !== null)}
        work={(key) => changes.items(order.id, { lines, client_id: key, ...(method ? { payment_method: method } : {}) })}
      >
        <p>{t('buyer.items_once')}</p>
        {order.items.map((item) => {
          const variants = (item.product_id ? products.get(item.product_id)?.variants : undefined)?.filter((one) => one.available) ?? []
          return (
            <div key={item.id} className="in-field">
              <label htmlFor={`in-item-${item.id}`}>
                {item.title} × {item.quantity}
              </label>
              {variants.length < 2 ? (
                <p className="in-quiet">{t('buyer.no_variants')}</p>
              ) : (
                <select
                  id={`in-item-${item.id}`}
                  className="in-select"
                  value={swaps[item.id] ?? item.variant_id ?? ''}
                  onChange={(event) => setSwaps({ ...swaps, [item.id]: event.target.value })}
                >
                  {variants.map((one) => (
                    <option key={one.id} value={one.id}>
                      {Object.values(one.options).join(' · ') || one.external_id} {formatMoney(one.price_minor, one.currency, i18n.language)}
                    </option>
                  ))}
                </select>
              )}
            </div>
          )
        })}
        {lines.length > 0 ? (
          <p role="status">
            <strong>{difference === 0 ? t('buyer.same_price') : t(difference > 0 ? 'buyer.to_pay' : 'buyer.paid_back', { amount })}</strong>
          </p>
        ) : null}
        {paid && lines.length > 0 ? (
          <MethodField legend={t('buyer.difference_method')} methods={profile.data?.payment_methods ?? []} value={method} onChange={setMethod} />
        ) : null}
      </FormFrame>
    </StateBlock>
  )
}
