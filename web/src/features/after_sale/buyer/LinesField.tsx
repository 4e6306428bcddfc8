import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { formatMoney } from '@/ui/money'
import { type Item, type Order, readProduct } from './server'
import type { Draft } from './wizard'

interface Props {
  draft: Draft
  order: Order
  onChange: (draft: Draft) => void
}

/** Which pieces are meant, and for an exchange what each becomes. */
export function LinesField({ draft, order, onChange }: Props) {
  const { t } = useTranslation('after_sale')
  const set = (item: Item, count: number) =>
    onChange({ ...draft, pieces: { ...draft.pieces, [item.id]: Math.max(0, Math.min(item.quantity, count)) } })
  return (
    <ul className="ab-lines">
      {order.items.map((item) => {
        const count = draft.pieces[item.id] ?? 0
        return (
          <li key={item.id}>
            <div className="ab-line">
              <span className="ab-line-title">
                {item.title}
                <span className="as-quiet">
                  {Object.values(item.options).join(' · ')} <Money minor={item.unit_price_minor} currency={order.currency} />
                </span>
              </span>
              <span className="ab-stepper" role="group" aria-label={t('wish.pieces_of', { title: item.title })}>
                <Button icon={<MinusOutlined aria-hidden />} aria-label={t('wish.one_less', { title: item.title })} disabled={count === 0} onClick={() => set(item, count - 1)} />
                <span className="x-figures" role="status">
                  {t('wish.pieces', { number: count, all: item.quantity })}
                </span>
                <Button icon={<PlusOutlined aria-hidden />} aria-label={t('wish.one_more', { title: item.title })} disabled={count >= item.quantity} onClick={() => set(item, count + 1)} />
              </span>
            </div>
            {draft.kind === 'exchange' && count > 0 && item.product_id ? (
              <VariantField
                shop={order.shop_id}
                item={item}
                value={draft.variants[item.id] ?? ''}
                onChange={(variant) => onChange({ ...draft, variants: { ...draft.variants, [item.id]: variant } })}
              />
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

function VariantField({ shop, item, value, onChange }: { shop: string; item: Item; value: string; onChange: (variant: string) => void }) {
  const { t, i18n } = useTranslation('after_sale')
  const product = item.product_id ?? ''
  const query = useQuery({ queryKey: ['product', shop, product], queryFn: ({ signal }) => readProduct(shop, product, signal), staleTime: 60_000 })
  const variants = query.data?.variants.filter((one) => one.available) ?? []
  if (variants.length === 0) return null
  const id = `ab-variant-${item.id}`
  return (
    <div className="ab-field">
      <label htmlFor={id}>{t('wish.becomes')}</label>
      <select id={id} className="ab-select" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('wish.same')}</option>
        {variants
          .filter((one) => one.id !== item.variant_id)
          .map((one) => (
            <option key={one.id} value={one.id}>
              {[...Object.values(one.options), formatMoney(one.price_minor, one.currency, i18n.language)].join(' · ')}
            </option>
          ))}
      </select>
    </div>
  )
}
