import { useQuery } from '@tanstack/react-query'
import { Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useLanguage, useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { formatMoney } from '@/ui/money'
import { partsOf } from '../address'
import { type Change, cleanAddress, newItems } from './asked'
import {
  type BuyerProfile,
  cancel,
  changeAddress,
  changeItems,
  changePayment,
  getBuyer,
  getCancelReasons,
  getProduct,
  type Instructed,
  type Order,
} from './server'

interface Values {
  reason?: string
  address?: Record<string, string | undefined>
  items?: Record<string, string | null>
  method?: string
}

interface Props {
  change: Change
  order: Order
  onDone: () => Promise<unknown>
  onClose: () => void
}

/** One change of an order before dispatch, asked of the side that owns it. */
export default function ChangeDialog({ change, order, onDone, onClose }: Props) {
  const { t } = useTranslation('instructions')
  // The same key for every try, so that it is asked once.
  const [client] = useState(() => crypto.randomUUID())
  const at = { shop: order.shop_id, purchase: order.id }
  const ask = async (values: Values): Promise<Instructed | null> => {
    switch (change) {
      case 'cancel':
        return cancel(at, values.reason?.trim() ?? '', client)
      case 'address':
        return changeAddress(at, cleanAddress(values.address ?? {}), client)
      case 'payment':
        return changePayment(at, values.method ?? '', client)
      case 'items': {
        const lines = newItems(values.items ?? {})
        return lines.length > 0 ? changeItems(at, lines, values.method ?? null, client) : null
      }
    }
  }
  const send = async (values: Values) => {
    await ask(values)
    await onDone()
  }
  return (
    <FormDialog<Values>
      title={`${t(`change.${change}`)} · ${order.external_id}`}
      submit={t(`change.${change}`)}
      initial={{ address: { ...order.address } }}
      onSubmit={send}
      onClose={onClose}
    >
      <p className="x-quiet" style={{ marginTop: 0 }}>
        {t(`change_then.${change}`)}
      </p>
      <Fields change={change} order={order} />
    </FormDialog>
  )
}

function Fields({ change, order }: { change: Change; order: Order }) {
  const { t } = useTranslation('instructions')
  switch (change) {
    case 'cancel':
      return <Reason shop={order.shop_id} />
    case 'address':
      return <AddressParts address={order.address} />
    case 'items':
      return (
        <>
          {order.items.map((item) => (
            <Variant key={item.id} shop={order.shop_id} item={item} />
          ))}
          <Method order={order} label={t('method_of_difference')} needed={order.payments.length > 0} />
        </>
      )
    case 'payment':
      return <Method order={order} label={t('method')} needed />
  }
}

function Reason({ shop }: { shop: string }) {
  const { t } = useTranslation(['instructions', 'ui'])
  const reasons = useQuery({ queryKey: ['instructions', shop, 'cancel_reasons'], queryFn: ({ signal }) => getCancelReasons(shop, signal), staleTime: 60_000 })
  const listed = reasons.data ?? []
  return (
    <Form.Item name="reason" label={t('reason')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
      {listed.length > 0 ? (
        <Radio.Group style={{ display: 'grid', gap: 4 }} options={listed.map((value) => ({ value, label: value }))} />
      ) : (
        <Input maxLength={200} autoComplete="off" />
      )}
    </Form.Item>
  )
}

function AddressParts({ address }: { address: Order['address'] }) {
  const { t, i18n } = useTranslation(['instructions', 'ui'])
  const nameOf = (part: string) => (i18n.exists(`instructions:part.${part}`) ? t(`part.${part}` as 'part.name') : part)
  return partsOf(address).map((part) => (
    <Form.Item key={part} name={['address', part]} label={nameOf(part)}>
      <Input maxLength={500} autoComplete="off" />
    </Form.Item>
  ))
}

function Variant({ shop, item }: { shop: string; item: Order['items'][number] }) {
  const { t } = useTranslation('instructions')
  const language = useLanguage()
  const { product_id: product } = item
  const query = useQuery({
    queryKey: ['product', shop, product],
    queryFn: ({ signal }) => getProduct(shop, product ?? '', signal),
    enabled: product !== null,
  })
  const others = (query.data?.variants ?? []).filter((one) => one.available && one.id !== item.variant_id)
  if (product === null || (query.data && others.length === 0)) return null
  return (
    <Form.Item name={['items', item.id]} label={`${item.title} ${Object.values(item.options).join(' ')}`}>
      <Select
        allowClear
        placeholder={t('keep')}
        loading={query.isPending}
        options={others.map((one) => ({
          value: one.id,
          label: `${Object.values(one.options).join(' ') || one.external_id} · ${formatMoney(one.price_minor, one.currency, language)}`,
        }))}
      />
    </Form.Item>
  )
}

type PaymentMethod = BuyerProfile['payment_methods'][number]

/** Which way of the buyer to pay; where nothing was paid yet, nothing goes to and fro. */
function Method({ order, label, needed }: { order: Order; label: string; needed: boolean }) {
  const { t, i18n } = useTranslation(['instructions', 'ui'])
  const language = useLanguage()
  const query = useQuery({ queryKey: ['buyer', order.shop_id, order.buyer_id], queryFn: ({ signal }) => getBuyer(order.shop_id, order.buyer_id, signal) })
  const nameOf = (one: PaymentMethod) => {
    const kind = i18n.exists(`instructions:method.${one.kind}`) ? t(`method.${one.kind}` as 'method.alipay') : one.kind
    const balance = one.balance_minor === null || !one.currency ? '' : formatMoney(one.balance_minor, one.currency, language)
    return [kind, one.brand, one.last_four ? `···· ${one.last_four}` : '', balance].filter(Boolean).join(' ')
  }
  return (
    <Form.Item name="method" label={label} rules={needed ? [{ required: true, message: t('ui:form.needed') }] : []}>
      <Radio.Group style={{ display: 'grid', gap: 4 }} options={(query.data?.payment_methods ?? []).map((one) => ({ value: one.id, label: nameOf(one) }))} />
    </Form.Item>
  )
}
