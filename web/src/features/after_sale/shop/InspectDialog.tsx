import { Form, Radio } from 'antd'
import { useLanguage, useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { formatMoney } from '@/ui/money'
import type { CaseWhole } from '../parts/wire'
import { amountWithin } from './amounts'
import { AmountField, Pictures, WordsField } from './fields'
import { inspect, type InspectWish, type StoredFile } from './server'

interface Values {
  result: InspectWish['result']
  amount?: string
  text?: string
  files?: StoredFile[]
}

/** What was found in the parcel that came back. */
export function InspectDialog({ one, onDone, onClose }: { one: CaseWhole; onDone: (whole: CaseWhole) => void; onClose: () => void }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const language = useLanguage()
  const mayDeduct = one.path === 'ask_return' && one.state !== 'paid_ahead' && one.asked_minor > 1
  const results: InspectWish['result'][] = mayDeduct ? ['fine', 'deduct', 'object'] : ['fine', 'object']
  const send = async ({ result, amount, text = '', files = [] }: Values) => {
    const deduct = result === 'deduct' ? (amountWithin(amount, one.currency, one.asked_minor - 1) ?? 0) : 0
    onDone(
      await inspect({ shop: one.shop_id, case: one.id }, { result, deduct_minor: deduct, text: text.trim(), files: files.map(({ id }) => id) }),
    )
  }
  return (
    <FormDialog<Values> title={t('deed.inspect')} submit={t('shop.inspect_send')} onSubmit={send} onClose={onClose}>
      <Form.Item name="result" label={t('shop.inspect_result')} rules={[{ required: true, message: t('ui:form.needed') }]}>
        <Radio.Group style={{ display: 'grid', gap: 4 }} options={results.map((value) => ({ value, label: t(value === 'fine' && one.path === 'ask_exchange' ? `inspect.fine_${one.kind === 'repair' ? 'repair' : 'exchange'}` : `inspect.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.result !== b.result || a.amount !== b.amount}>
        {(form) => {
          const { result, amount } = form.getFieldsValue(true) as Partial<Values>
          const deduct = amountWithin(amount, one.currency, one.asked_minor - 1)
          const sentence =
            result === 'deduct' && deduct !== null
              ? t('shop.inspect_then_deduct', { amount: formatMoney(one.money.reduce((sum, line) => sum + line.amount_minor, 0) - deduct, one.currency, language) })
              : ''
          return (
            <>
              {result === 'deduct' ? <AmountField label={t('shop.deduct')} currency={one.currency} most={one.asked_minor - 1} /> : null}
              {sentence ? <p>{sentence}</p> : null}
              <WordsField label={t('shop.words')} hint={t('shop.words_buyer_reads')} needed={result === 'deduct' || result === 'object'} />
            </>
          )
        }}
      </Form.Item>
      <Pictures conversation={one.conversation_id} label={t('shop.photos_found')} />
    </FormDialog>
  )
}
