/** Fields that the dialogs of a case share. */
import { Form, Input } from 'antd'
import { useLanguage, useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import { amountWithin } from './amounts'
import { PhotoField } from './PhotoField'

export const TEXT_MOST = 2000

export function WordsField({ label, needed = false, hint }: { label: string; needed?: boolean; hint?: string }) {
  const { t } = useTranslation('ui')
  return (
    <Form.Item name="text" label={label} {...(hint ? { extra: hint } : {})} rules={needed ? [{ required: true, whitespace: true, message: t('form.needed') }] : []}>
      <Input.TextArea rows={3} maxLength={TEXT_MOST} />
    </Form.Item>
  )
}

/** A sum above zero; with `most` no more than that. */
export function AmountField({ name = 'amount', label, currency, most }: { name?: string; label: string; currency: string; most: number | null }) {
  const { t } = useTranslation('after_sale')
  const language = useLanguage()
  const bound = most === null ? null : formatMoney(most, currency, language)
  const wrong = bound === null ? t('shop.amount_wrong') : t('shop.amount_within', { most: bound })
  return (
    <Form.Item
      name={name}
      label={label}
      {...(bound === null ? {} : { extra: t('shop.amount_most', { most: bound }) })}
      rules={[
        {
          required: true,
          validator: async (_, text: string | undefined) => {
            if (amountWithin(text, currency, most) === null) throw new Error(wrong)
          },
        },
      ]}
    >
      <Input inputMode="decimal" suffix={currency} style={{ width: 220 }} autoComplete="off" />
    </Form.Item>
  )
}

export function AddressFields({ needed }: { needed: boolean }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const rules = needed ? [{ required: true, whitespace: true, message: t('ui:form.needed') }] : []
  return (
    <>
      <Form.Item name={['address', 'name']} label={t('shop.address_name')} rules={rules}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['address', 'phone']} label={t('shop.address_phone')} rules={rules}>
        <Input maxLength={40} autoComplete="off" inputMode="tel" />
      </Form.Item>
      <Form.Item name={['address', 'text']} label={t('shop.address_text')} rules={rules}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </>
  )
}

/** Pictures, where there is a conversation to keep them with. */
export function Pictures({ conversation, label }: { conversation: string | null; label: string }) {
  if (conversation === null) return null
  return (
    <Form.Item name="files" noStyle>
      <PhotoField conversation={conversation} label={label} />
    </Form.Item>
  )
}
