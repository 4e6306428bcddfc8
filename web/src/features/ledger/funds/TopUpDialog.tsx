import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { parseMoney } from '@/ui/money'

interface Values {
  account: 'balance' | 'deposit'
  amount: string
  note?: string
}

interface Props {
  shop: string
  currency: string
  onDone: () => Promise<unknown>
  onClose: () => void
}

/** Money that has arrived for a shop; entered once however often one presses. */
export function TopUpDialog({ shop, currency, onDone, onClose }: Props) {
  const { t } = useTranslation('ledger')
  const [id] = useState(() => crypto.randomUUID())
  const send = async ({ account, amount, note = '' }: Values) => {
    await api.POST('/platform/v1/shops/{shop}/funds/top-ups', {
      params: { path: { shop } },
      body: { id, account, amount_minor: parseMoney(amount, currency) ?? 0, currency, note: note.trim() },
    })
    await onDone()
  }
  return (
    <FormDialog<Values> title={t('topup.title')} submit={t('topup.title')} initial={{ account: 'balance' }} onSubmit={send} onClose={onClose}>
      <p className="x-quiet">{t('topup.hint')}</p>
      <Form.Item name="account" label={t('statement.account')}>
        <Radio.Group options={(['balance', 'deposit'] as const).map((value) => ({ value, label: t(`account.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="amount"
        label={t('statement.amount')}
        rules={[
          {
            required: true,
            validator: async (_, text: string | undefined) => {
              const minor = parseMoney(text ?? '', currency)
              if (minor === null || minor <= 0) throw new Error(t('topup.amount_wrong'))
            },
          },
        ]}
      >
        <Input inputMode="decimal" suffix={currency} autoComplete="off" style={{ width: 220 }} />
      </Form.Item>
      <Form.Item name="note" label={t('note')}>
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  )
}
