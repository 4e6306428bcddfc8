import { Form, Radio } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { CaseWhole } from '../parts/wire'
import { amountWithin, typedAmount } from '../shop/amounts'
import { AmountField, WordsField } from '../shop/fields'

const OUTCOMES = ['refund', 'return_refund', 'resend', 'turn_down'] as const
type Outcome = (typeof OUTCOMES)[number]

interface Values {
  outcome: Outcome
  amount?: string
  text: string
}

/** What a person of the marketplace decides, with the reasons both sides read. */
export default function DecideDialog({ one, onDone, onClose }: { one: CaseWhole; onDone: () => Promise<unknown>; onClose: () => void }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const send = async ({ outcome, amount, text }: Values) => {
    const sum = paid(outcome) ? amountWithin(amount, one.currency, null) : null
    await api.POST('/platform/v1/cases/{case}/decide', { params: { path: { case: one.id } }, body: { outcome, amount_minor: sum, text: text.trim() } })
    await onDone()
  }
  const asked = one.asked_minor || one.refund_minor
  return (
    <FormDialog<Values> title={t('deed.decide')} submit={t('deed.decide')} initial={asked ? { amount: typedAmount(asked, one.currency) } : {}} onSubmit={send} onClose={onClose}>
      <Form.Item name="outcome" label={t('people.outcome')} rules={[{ required: true, message: t('ui:form.needed') }]}>
        <Radio.Group style={{ display: 'grid', gap: 4 }} options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Partial<Values>, b: Partial<Values>) => a.outcome !== b.outcome}>
        {(form) => (paid(form.getFieldValue('outcome') as Outcome) ? <AmountField label={t('shop.amount')} currency={one.currency} most={null} /> : null)}
      </Form.Item>
      <WordsField label={t('people.words')} hint={t('people.words_hint')} needed />
    </FormDialog>
  )
}

function paid(outcome: Outcome | undefined): boolean {
  return outcome === 'refund' || outcome === 'return_refund'
}
