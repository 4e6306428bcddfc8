import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { type BlockWish, GROUNDS, SHOP_SCOPES } from '../wire'

interface Values {
  subject: string
  ground: BlockWish['ground']
  facts: string
  evidence: string[]
  scope: BlockWish['scope']
  days?: number
  danger?: boolean
}

/** The numbers somebody typed, with spaces or commas between them. */
export function numbersIn(text: string): string[] {
  return text.split(/[\s,，、;；]+/u).filter(Boolean)
}

/** Propose to block a buyer: on which ground, by which evidence, how wide and how long. */
export function ProposeDialog({ shop, buyer, onDone, onClose }: { shop: string; buyer: string; onDone: () => Promise<unknown>; onClose: () => void }) {
  const { t } = useTranslation(['blocks', 'ui'])
  const seals = useQuery({
    queryKey: ['blocks', shop, 'evidence'],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/evidence', { params: { path: { shop }, query: { limit: 50 } }, signal }),
  })
  const needed = { required: true, message: t('ui:form.needed') }
  return (
    <FormDialog<Values>
      title={t('propose.title')}
      submit={t('propose.title')}
      initial={{ subject: buyer, ground: 'harassment', scope: 'message', days: 7 }}
      onSubmit={async ({ evidence, days, danger, facts, subject, ...values }) => {
        await api.POST('/api/v1/shops/{shop}/blocks', {
          params: { path: { shop } },
          body: { ...values, subject: subject.trim(), facts: facts.trim(), evidence: evidence.flatMap(numbersIn), danger: danger ?? false, ...(days ? { days } : {}) },
        })
        await onDone()
      }}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{t('propose.hint')}</p>
      <Form.Item name="subject" label={t('label.subject_id')} rules={[needed]} hidden={buyer !== ''}>
        <Input maxLength={36} />
      </Form.Item>
      <Form.Item name="ground" label={t('label.ground')} rules={[needed]}>
        <Select options={GROUNDS.map((value) => ({ value, label: t(`ground.${value}`) }))} />
      </Form.Item>
      <Form.Item name="facts" label={t('label.facts')} rules={[{ ...needed, whitespace: true }]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="evidence" label={t('label.evidence')} extra={t('label.evidence_hint')} rules={[needed]}>
        <Select mode="tags" tokenSeparators={[' ', ',', '，']} options={(seals.data?.data ?? []).map(({ number }) => ({ value: number, label: number }))} />
      </Form.Item>
      <Form.Item name="scope" label={t('label.scope')} rules={[needed]}>
        <Select options={SHOP_SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))} />
      </Form.Item>
      <Form.Item name="days" label={t('label.days')} extra={t('label.days_hint')}>
        <InputNumber min={1} max={3650} precision={0} />
      </Form.Item>
      <Form.Item name="danger" valuePropName="checked">
        <Checkbox>{t('label.danger')}</Checkbox>
      </Form.Item>
    </FormDialog>
  )
}
