import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '@/api'
import { useLanguage } from '@/i18n/react'
import { formatMoney } from '@/ui/money'

export interface NewVariantProps {
  shop: string
  product: string
  /** The one he has. */
  not: string | null
  label: string
  value?: string | null
  onChange?: (variant: string) => void
}

/** Another variant of the same product. */
export function NewVariant({ shop, product, not, label, value, onChange }: NewVariantProps) {
  const language = useLanguage()
  const query = useQuery({
    queryKey: ['product', shop, product],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/products/{product}', { params: { path: { shop, product } }, signal }),
  })
  const variants = (query.data?.variants ?? []).filter((one) => one.available && one.id !== not)
  return (
    <Select
      size="small"
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      loading={query.isPending}
      onChange={(next) => {
        if (next) onChange?.(next)
      }}
      options={variants.map((one) => ({
        value: one.id,
        label: `${Object.values(one.options).join(' ') || one.external_id} · ${formatMoney(one.price_minor, one.currency, language)}`,
      }))}
      style={{ minWidth: 200 }}
    />
  )
}
