import { Form, Input, InputNumber } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { Amount, PromiseName } from './Named'
import { type InForce, rangeOf } from './promises'

interface Values {
  value: number | null
  reason: string
}

interface Props {
  shop: string
  entry: InForce
  onDone: () => Promise<unknown>
  onClose: () => void
}

/** Another promise, or none of one's own; only ever better for the buyer. */
export function PromiseDialog({ shop, entry, onDone, onClose }: Props) {
  const { t } = useTranslation(['after_sale', 'rulebook', 'ui'])
  const { parameter } = entry
  const { minimum, maximum } = rangeOf(entry)
  const send = async ({ value, reason }: Values) => {
    await api.PUT('/api/v1/shops/{shop}/rulebook/{name}', {
      params: { path: { shop, name: parameter.name } },
      body: { value, reason: reason.trim(), effective_from: null },
    })
    await onDone()
  }
  const range = minimum === null || maximum === null ? '' : t('rulebook:range', { minimum, maximum })
  return (
    <FormDialog<Values> title={<PromiseName name={parameter.name} />} initial={{ value: Number(entry.value) }} onSubmit={send} onClose={onClose}>
      {parameter.better ? <p style={{ marginTop: 0 }}>{t(`promises.only_${parameter.better}_long`)}</p> : null}
      <Form.Item name="value" label={t('rulebook:column.value')} extra={[range, t('promises.empty')].filter(Boolean).join(' ')}>
        <InputNumber precision={0} style={{ width: 220 }} {...(minimum === null ? {} : { min: minimum })} {...(maximum === null ? {} : { max: maximum })} />
      </Form.Item>
      <p className="x-quiet">
        {t('rulebook:column.default')}: <Amount entry={entry} value={parameter.default} />
      </p>
      <Form.Item name="reason" label={t('rulebook:reason')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
