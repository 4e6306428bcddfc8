import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import type { Method } from './server'

interface Props {
  legend: string
  methods: readonly Method[]
  value: string | null
  onChange: (id: string) => void
}

/** One of the ways to pay that the buyer has. */
export function MethodField({ legend, methods, value, onChange }: Props) {
  const { t, i18n } = useTranslation('instructions')
  const name = (method: Method) => {
    const kind = i18n.exists(`instructions:method.${method.kind}`) ? t(`method.${method.kind}` as 'method.alipay') : method.kind
    const more = [method.brand, method.last_four ? `•••• ${method.last_four}` : null]
    if (method.balance_minor != null && method.currency) more.push(formatMoney(method.balance_minor, method.currency, i18n.language))
    return [kind, ...more].filter(Boolean).join(' · ')
  }
  return (
    <fieldset className="in-choices">
      <legend>{legend}</legend>
      {methods.length === 0 ? <p>{t('buyer.no_method')}</p> : null}
      {methods.map((method) => (
        <label key={method.id} className="in-choice">
          <input type="radio" name="in-method" checked={value === method.id} onChange={() => onChange(method.id)} />
          {name(method)}
        </label>
      ))}
    </fieldset>
  )
}
