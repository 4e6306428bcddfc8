import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal, Select } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { FormDialog } from '@/ui/FormDialog'
import { type CallShown, KEY, shops, writeDown } from './server'

const BUYER_TYPES = ['abuse', 'harassment', 'privacy_leak', 'off_platform', 'induced_review', 'refused_service', 'goods', 'fake', 'prohibited_goods', 'wrongful_block', 'officer', 'marketplace'] as const
const SHOP_TYPES = ['buyer_abuse', 'review_threat', 'malicious_orders', 'malicious_returns', 'officer', 'marketplace'] as const

interface Values {
  shop?: string
  order: string
  type: string
  text: string
  caller?: string
}

/** The telephone: order and words are written down, the caller gets a link to the prepared form. */
export default function CallDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['complaints', 'ui'])
  const queries = useQueryClient()
  const [made, setMade] = useState<CallShown | null>(null)
  const kept = useRef(false)
  const known = useQuery({ queryKey: [...KEY, 'shops'], queryFn: ({ signal }) => shops(signal) })
  const needed = [{ required: true, whitespace: true, message: t('ui:form.needed') }]
  const send = async ({ shop, order, type, text, caller = '' }: Values) => {
    const shown = await writeDown({ order_number: order.trim(), type, text: text.trim(), caller, ...(shop ? { for_shop: shop } : {}) })
    kept.current = true
    setMade(shown)
    await queries.invalidateQueries({ queryKey: KEY })
  }
  if (made) {
    return (
      <Modal open title={t('people.link')} onOk={onClose} onCancel={onClose} okText={t('ui:action.close')} cancelButtonProps={{ style: { display: 'none' } }}>
        <p>{t('people.link_hint')}</p>
        <Copyable text={`${location.origin}${made.link}`}>
          <code style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{`${location.origin}${made.link}`}</code>
        </Copyable>
      </Modal>
    )
  }
  return (
    <FormDialog<Values> title={t('people.call')} submit={t('people.write_down')} onSubmit={send} onClose={() => (kept.current ? undefined : onClose())}>
      {(form) => (
        <>
          <Form.Item name="shop" label={t('people.for_shop')} extra={t('people.for_shop_hint')}>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              options={(known.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={() => form.resetFields(['type'])}
            />
          </Form.Item>
          <Form.Item name="order" label={t('view.order')} rules={needed}>
            <Input autoComplete="off" maxLength={100} />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(a: Partial<Values>, b: Partial<Values>) => a.shop !== b.shop}>
            {(now) => (
              <Form.Item name="type" label={t('form.type')} rules={[{ required: true, message: t('ui:form.needed') }]}>
                <Select options={(now.getFieldValue('shop') ? SHOP_TYPES : BUYER_TYPES).map((value) => ({ value, label: t(`type.${value}`) }))} />
              </Form.Item>
            )}
          </Form.Item>
          <Form.Item name="text" label={t('people.caller_words')} rules={needed}>
            <Input.TextArea rows={4} maxLength={4_000} />
          </Form.Item>
          <Form.Item name="caller" label={t('people.caller')}>
            <Input autoComplete="off" maxLength={100} />
          </Form.Item>
        </>
      )}
    </FormDialog>
  )
}
