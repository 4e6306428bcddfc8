import { Form, Input, Radio } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { CaseWhole } from '../parts/wire'
import { WordsField } from './fields'
import { sendOut } from './server'

interface Values {
  carrier: string
  number: string
  way: 'courier' | 'mail'
  text?: string
}

const WAYS = ['courier', 'mail'] as const

/** With which parcel goods go to the buyer. */
export function SendOutDialog({ one, onDone, onClose }: { one: CaseWhole; onDone: (whole: CaseWhole) => void; onClose: () => void }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const needed = [{ required: true, whitespace: true, message: t('ui:form.needed') }]
  const send = async ({ carrier, number, way, text = '' }: Values) => {
    onDone(
      await sendOut(
        { shop: one.shop_id, case: one.id },
        { carrier: carrier.trim(), number: number.trim(), way, freight_minor: 0, text: text.trim(), files: [] },
      ),
    )
  }
  return (
    <FormDialog<Values> title={t('deed.send_out')} submit={t('shop.send_out_send')} initial={{ way: 'courier' }} onSubmit={send} onClose={onClose}>
      <Form.Item name="carrier" label={t('shop.carrier')} rules={needed}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="number" label={t('shop.tracking')} rules={needed}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="way" label={t('shop.way')}>
        <Radio.Group options={WAYS.map((value) => ({ value, label: t(`way.${value}`) }))} />
      </Form.Item>
      <WordsField label={t('shop.words')} />
    </FormDialog>
  )
}
