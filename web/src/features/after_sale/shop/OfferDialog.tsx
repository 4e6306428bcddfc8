import { Form, Radio } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { CaseWhole } from '../parts/wire'
import { amountWithin, typedAmount } from './amounts'
import { AmountField, Pictures, WordsField } from './fields'
import { offer, type OfferWish, type StoredFile } from './server'

interface Values {
  settlement: NonNullable<OfferWish['settlement']>
  amount?: string
  back_payer: NonNullable<OfferWish['back_payer']>
  text?: string
  files?: StoredFile[]
}

const SETTLEMENTS = ['refund', 'return_refund', 'exchange', 'resend', 'repair'] as const
const PAYERS = ['seller', 'buyer'] as const

/** What the shop would settle for; the buyer has until the offer lapses. */
export function OfferDialog({ one, onDone, onClose }: { one: CaseWhole; onDone: (whole: CaseWhole) => void; onClose: () => void }) {
  const { t } = useTranslation('after_sale')
  const send = async ({ settlement, amount, back_payer, text = '', files = [] }: Values) => {
    const sum = paid(settlement) ? (amountWithin(amount, one.currency, null) ?? 0) : 0
    onDone(
      await offer(
        { shop: one.shop_id, case: one.id },
        { settlement, amount_minor: sum, back_payer, text: text.trim(), files: files.map(({ id }) => id) },
      ),
    )
  }
  const asked = one.asked_minor || one.refund_minor
  return (
    <FormDialog<Values>
      title={t('deed.offer')}
      submit={t('shop.offer_send')}
      initial={{ settlement: one.path === 'ask_return' ? 'return_refund' : 'refund', back_payer: 'seller', ...(asked ? { amount: typedAmount(asked, one.currency) } : {}) }}
      onSubmit={send}
      onClose={onClose}
    >
      <Form.Item name="settlement" label={t('shop.settlement')}>
        <Radio.Group style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 12px' }} options={SETTLEMENTS.map((value) => ({ value, label: t(`settlement.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.settlement !== b.settlement}>
        {(form) => {
          const settlement = form.getFieldValue('settlement') as Values['settlement']
          return (
            <>
              {paid(settlement) ? <AmountField label={t('shop.amount')} currency={one.currency} most={null} /> : null}
              {comesBack(settlement) ? (
                <Form.Item name="back_payer" label={t('shop.back_payer')}>
                  <Radio.Group options={PAYERS.map((value) => ({ value, label: t(`payer.${value}`) }))} />
                </Form.Item>
              ) : null}
            </>
          )
        }}
      </Form.Item>
      <WordsField label={t('shop.words')} hint={t('shop.words_buyer_reads')} />
      <Pictures conversation={one.conversation_id} label={t('shop.photos')} />
    </FormDialog>
  )
}

function paid(settlement: Values['settlement']): boolean {
  return settlement === 'refund' || settlement === 'return_refund'
}

function comesBack(settlement: Values['settlement']): boolean {
  return settlement === 'return_refund' || settlement === 'exchange' || settlement === 'repair'
}
