import { Form, Input, Select } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { Fact, FactWish } from './wire'

interface Props {
  shop: string
  /** null = a new one. */
  fact: Fact | null
  onDone: () => Promise<unknown>
  onClose: () => void
}

const SEPARATORS = [',', '，', '、', '\n']

/** A fact: what it is about, what a right answer says, what none may say. */
export function FactDialog({ shop, fact, onDone, onClose }: Props) {
  const { t } = useTranslation(['inspection', 'ui'])
  const save = async ({ title, about, says = [], never = [] }: FactWish) => {
    const body = { title, about, says, never }
    await (fact
      ? api.PUT('/api/v1/shops/{shop}/facts/{fact}', { params: { path: { shop, fact: fact.id } }, body })
      : api.POST('/api/v1/shops/{shop}/facts', { params: { path: { shop } }, body }))
    await onDone()
  }
  const needed = { required: true, message: t('ui:form.needed') }
  return (
    <FormDialog<FactWish> wide title={fact ? fact.title : t('fact.add')} initial={fact ?? {}} onSubmit={save} onClose={onClose}>
      <Form.Item name="title" label={t('fact.title')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="about" label={t('fact.about')} extra={t('fact.about_hint')} rules={[{ ...needed, type: 'array' }]}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={SEPARATORS} maxCount={20} />
      </Form.Item>
      <Form.Item name="says" label={t('fact.says')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={SEPARATORS} maxCount={20} />
      </Form.Item>
      <Form.Item
        name="never"
        label={t('fact.never')}
        dependencies={['says']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, never: string[] = []) =>
              never.length + ((getFieldValue('says') as string[] | undefined) ?? []).length > 0
                ? Promise.resolve()
                : Promise.reject(new Error(t('refused.empty_fact'))),
          }),
        ]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={SEPARATORS} maxCount={20} />
      </Form.Item>
    </FormDialog>
  )
}
