import { Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { partsOf } from '../address'
import { type ChangeFormProps, FormFrame } from './FormFrame'
import { MethodField } from './MethodField'
import { changes, readProfile } from './server'

/** The reasons as the order side knows them; "other" is said in one's own words. */
const REASONS = { no_longer_needed: 'no longer needed', ordered_by_mistake: 'ordered by mistake' } as const

/** Cancel the whole order. */
export function CancelForm({ order, ...frame }: ChangeFormProps) {
  const { t, i18n } = useTranslation('instructions')
  const [reason, setReason] = useState<keyof typeof REASONS | 'other' | null>(null)
  const [words, setWords] = useState('')
  const back = order.paid_minor - order.refunded_minor
  const said = reason === null ? '' : reason === 'other' ? words.trim() : REASONS[reason]
  return (
    <FormFrame
      {...frame}
      danger
      title={t('change.cancel')}
      submit={back > 0 ? t('buyer.cancel_submit', { amount: formatMoney(back, order.currency, i18n.language) }) : t('change.cancel')}
      ready={said !== ''}
      work={(key) => changes.cancel(order.id, { reason: said, client_id: key })}
    >
      <p>{t('buyer.cancel_then')}</p>
      <fieldset className="in-choices">
        <legend>{t('buyer.reason')}</legend>
        {(['no_longer_needed', 'ordered_by_mistake', 'other'] as const).map((one) => (
          <label key={one} className="in-choice">
            <input type="radio" name="in-reason" checked={reason === one} onChange={() => setReason(one)} />
            {t(`cancel_reason.${one}`)}
          </label>
        ))}
      </fieldset>
      {reason === 'other' ? (
        <div className="in-field">
          <label htmlFor="in-words">{t('buyer.words')}</label>
          <Input id="in-words" size="large" maxLength={200} value={words} onChange={(event) => setWords(event.target.value)} />
        </div>
      ) : null}
    </FormFrame>
  )
}

/** Where the parcel goes; an order without an address of its own begins with the buyer's. */
export function AddressForm(props: ChangeFormProps) {
  const own = Object.keys(props.order.address).length > 0
  const profile = useQuery({ queryKey: ['my-profile'], queryFn: ({ signal }) => readProfile(signal), enabled: !own })
  if (!own && profile.isPending) return <StateBlock state="loading" skeleton="form" />
  return <AddressFields {...props} start={own ? props.order.address : (profile.data?.address ?? {})} />
}

function AddressFields({ order, start, ...frame }: ChangeFormProps & { start: Record<string, string> }) {
  const { t, i18n } = useTranslation('instructions')
  const names = partsOf(start)
  const [address, setAddress] = useState<Record<string, string>>(start)
  const changed = names.some((name) => (address[name] ?? '').trim() !== (start[name] ?? '').trim())
  const label = (name: string) => (i18n.exists(`instructions:part.${name}`) ? t(`part.${name}` as 'part.city') : name)
  return (
    <FormFrame
      {...frame}
      title={t('change.address')}
      submit={t('buyer.save')}
      ready={changed && names.some((name) => address[name]?.trim())}
      work={(key) => changes.address(order.id, { address: Object.fromEntries(names.map((name) => [name, (address[name] ?? '').trim()])), client_id: key })}
    >
      {names.map((name) => (
        <div key={name} className="in-field">
          <label htmlFor={`in-${name}`}>{label(name)}</label>
          <Input id={`in-${name}`} size="large" maxLength={500} value={address[name] ?? ''} onChange={(event) => setAddress({ ...address, [name]: event.target.value })} />
        </div>
      ))}
    </FormFrame>
  )
}

/** How it is paid. */
export function PaymentForm({ order, ...frame }: ChangeFormProps) {
  const { t } = useTranslation('instructions')
  const [method, setMethod] = useState<string | null>(null)
  const profile = useQuery({ queryKey: ['my-profile'], queryFn: ({ signal }) => readProfile(signal) })
  return (
    <StateBlock
      state={stateOf(profile, false)}
      skeleton="form"
      error={profile.isError ? asRefusal(profile.error) : null}
      onRetry={() => void profile.refetch()}
    >
      <FormFrame
        {...frame}
        title={t('change.payment')}
        submit={t('buyer.save')}
        ready={method !== null}
        work={(key) => changes.payment(order.id, { payment_method: method ?? '', client_id: key })}
      >
        <MethodField legend={t('buyer.method')} methods={profile.data?.payment_methods ?? []} value={method} onChange={setMethod} />
      </FormFrame>
    </StateBlock>
  )
}
