import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { FormDialog } from '@/ui/FormDialog'
import { parseMoney } from '@/ui/money'
import { PURPOSES } from '../wire'

interface Values {
  amount: string
  purpose: (typeof PURPOSES)[number]
  note?: string
}

interface SendPacketProps {
  shop: string
  purchase: string
  /** Where the buyer reads it as a card; without one it stands on his page alone. */
  conversation?: string
}

/** A red packet for an order, from its card. */
export function SendPacket(props: SendPacketProps) {
  const { t } = useTranslation(['compensation', 'ui'])
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('packet.send')}
      </Button>
      {open ? <Dialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function Dialog({ shop, purchase, conversation, onClose }: SendPacketProps & { onClose: () => void }) {
  const { t } = useTranslation(['compensation', 'ui'])
  const path = { params: { path: { shop, purchase } } }
  const order = useQuery({ queryKey: ['order', shop, purchase, 'currency'], queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/orders/{purchase}', { ...path, signal }) })
  const currency = order.data?.currency ?? 'CNY'
  // One number for one dialog: sent twice, it is one red packet.
  const id = useMemo(() => crypto.randomUUID(), [])
  const needed = { required: true, message: t('ui:form.needed') }
  return (
    <FormDialog<Values>
      title={t('packet.send')}
      submit={t('packet.send')}
      initial={{ purpose: 'comfort' }}
      onSubmit={async ({ amount, purpose, note }) => {
        const amount_minor = parseMoney(amount, currency) ?? 0
        const body = { id, amount_minor, purpose, note: note?.trim() ?? '' }
        if (conversation) {
          await api.POST('/api/v1/shops/{shop}/conversations/{conversation}/red-packets', {
            params: { path: { shop, conversation } },
            body: { ...body, order: purchase },
          })
        } else await api.POST('/api/v1/shops/{shop}/orders/{purchase}/red-packets', { ...path, body })
        announce(t('packet.sent'))
      }}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{t('packet.hint')}</p>
      <Form.Item
        name="amount"
        label={t('amount')}
        rules={[needed, { validator: async (_, value: string) => (value && (parseMoney(value, currency) ?? 0) <= 0 ? Promise.reject(new Error(t('ui:form.needed'))) : undefined) }]}
      >
        <Input inputMode="decimal" suffix={currency} />
      </Form.Item>
      <Form.Item name="purpose" label={t('packet.purpose')} rules={[needed]}>
        <Select options={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))} />
      </Form.Item>
      <Form.Item name="note" label={t('packet.note')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
