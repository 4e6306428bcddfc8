import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, type FormInstance, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { StateBlock } from '@/ui/StateBlock'
import type { CaseWhole } from '../parts/wire'
import { needsAmount } from './amounts'
import { AmountField, WordsField } from './fields'
import { NewVariant } from './NewVariant'
import { conditionsCount, type OpenValues, OPEN_KINDS, REASONS, wishOf } from './opening'
import { QuoteView } from './QuoteView'
import { getOrder, type Order, postCase } from './server'
import './shop.css'

const CONDITIONS = ['intact', 'opened', 'unknown', 'incomplete', 'seal_broken', 'altered', 'soiled'] as const

export interface OpenCaseProps {
  shop: string
  purchase: string
  onDone: (whole: CaseWhole) => void
  onClose: () => void
}

/** A case for the buyer, as he asked by word of mouth; what the rules make of it stands beside it before it is sent. */
export default function OpenCaseDialog({ shop, purchase, onDone, onClose }: OpenCaseProps) {
  const { t } = useTranslation('after_sale')
  const order = useQuery({ queryKey: ['order', shop, purchase], queryFn: ({ signal }) => getOrder(shop, purchase, signal) })
  // The same key for every try: an answer that was lost on its way does not open a second case.
  const [client] = useState(() => crypto.randomUUID())
  const found = order.data
  if (!found) {
    return (
      <FormDialog title={t('shop.open_for_buyer')} onSubmit={async () => {}} onClose={onClose}>
        <StateBlock state={order.isError ? 'error' : 'loading'} skeleton="form" error={order.isError ? asRefusal(order.error) : null} onRetry={() => void order.refetch()} />
      </FormDialog>
    )
  }
  const send = async (values: OpenValues) => {
    const wish = wishOf(values, found.currency)
    if (wish) onDone(await postCase(shop, purchase, { ...wish, client_id: client }))
  }
  return (
    <FormDialog<OpenValues>
      wide
      title={t('shop.open_for_order', { number: found.external_id })}
      submit={t('shop.open_send')}
      initial={first(found)}
      onSubmit={send}
      onClose={onClose}
    >
      {(form) => <Fields form={form} order={found} />}
    </FormDialog>
  )
}

function first(order: Order): OpenValues {
  const sent = order.state === 'dispatched' || order.state === 'delivered' || order.state === 'completed'
  return {
    kind: sent ? 'return_refund' : 'refund_before_dispatch',
    reason: 'no_reason',
    condition: 'unknown',
    lines: Object.fromEntries(order.items.map((item) => [item.id, { on: order.items.length === 1, quantity: 1 }])),
  }
}

function Fields({ form, order }: { form: FormInstance<OpenValues>; order: Order }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  return (
    <>
      <Form.Item name="kind" label={t('shop.kind')}>
        <Radio.Group style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 12px' }} options={OPEN_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {() => {
          const values = form.getFieldsValue(true) as OpenValues
          return (
            <>
              <fieldset className="as-field">
                <legend className="as-legend">{t('shop.which')}</legend>
                {order.items.map((item) => (
                  <Item key={item.id} item={item} shop={order.shop_id} exchange={values.kind === 'exchange'} on={values.lines[item.id]?.on ?? false} />
                ))}
                <span className="as-quiet">{t('shop.which_hint')}</span>
              </fieldset>
              <Form.Item name="reason" label={t('shop.reason')}>
                <Select options={REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))} style={{ maxWidth: 320 }} />
              </Form.Item>
              {conditionsCount(values) ? (
                <Form.Item name="condition" label={t('shop.condition')}>
                  <Select options={CONDITIONS.map((value) => ({ value, label: t(`condition.${value}`) }))} style={{ maxWidth: 320 }} />
                </Form.Item>
              ) : null}
              {needsAmount(values.kind) ? <AmountField label={t('shop.asked')} currency={order.currency} most={null} /> : null}
              <WordsField label={t('shop.words_of_buyer')} />
              <QuoteView shop={order.shop_id} purchase={order.id} wish={wishOf(values, order.currency)} />
            </>
          )
        }}
      </Form.Item>
    </>
  )
}

function Item({ item, shop, exchange, on }: { item: Order['items'][number]; shop: string; exchange: boolean; on: boolean }) {
  const { t } = useTranslation('after_sale')
  return (
    <div className="as-pick">
      <Form.Item name={['lines', item.id, 'on']} valuePropName="checked" noStyle>
        <Checkbox>
          {item.title} <span className="as-quiet">{Object.values(item.options).join(' ')}</span>
        </Checkbox>
      </Form.Item>
      {on && item.quantity > 1 ? (
        <Form.Item name={['lines', item.id, 'quantity']} noStyle>
          <InputNumber min={1} max={item.quantity} precision={0} size="small" aria-label={t('shop.quantity_of', { title: item.title })} style={{ width: 90 }} />
        </Form.Item>
      ) : null}
      {on && exchange && item.product_id ? (
        <Form.Item name={['lines', item.id, 'new_variant']} noStyle>
          <NewVariant shop={shop} product={item.product_id} not={item.variant_id} label={t('shop.new_variant_of', { title: item.title })} />
        </Form.Item>
      ) : null}
    </div>
  )
}
