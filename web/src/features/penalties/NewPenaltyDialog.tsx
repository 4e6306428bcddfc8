import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { ManySelect } from '@/ui/ManySelect'
import { CIRCUMSTANCES, gradesOf, numbersOf, OFFENCES } from './offences'
import type { NewPenalty } from './wire'
import { useOffence } from './words'

interface Values {
  shop: string
  offence: NewPenalty['offence']
  grade: NewPenalty['grade']
  circumstances: NonNullable<NewPenalty['circumstances']>
  facts: string
  evidence: string
}

/** An officer penalises a shop: what for, how grave, what was found; the tables decide the rest. */
export function NewPenaltyDialog({ onDone, onClose }: { onDone: () => unknown; onClose: () => void }) {
  const { t } = useTranslation('penalties')
  const offence = useOffence()
  const [id] = useState(() => crypto.randomUUID())
  const [q, setQ] = useState('')
  const shops = useQuery({
    queryKey: ['penalties', 'shops', q],
    queryFn: ({ signal }) => api.GET('/platform/v1/shops', { params: { query: { limit: 50, ...(q ? { q } : {}) } }, signal }),
  })
  const impose = async (values: Values) => {
    await api.POST('/platform/v1/penalties', {
      body: {
        id,
        subject_kind: 'shop',
        subject: values.shop,
        offence: values.offence,
        grade: values.grade,
        facts: values.facts,
        circumstances: values.circumstances,
        evidence: numbersOf(values.evidence ?? ''),
      },
    })
    await onDone()
  }
  return (
    <FormDialog<Values> title={t('new.open')} submit={t('new.open')} wide initial={{ offence: 'abuse', grade: 'general', circumstances: [], evidence: '' }} onSubmit={impose} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="shop" label={t('new.shop')} rules={[{ required: true }]}>
            <Select
              showSearch={{ filterOption: false, onSearch: setQ }}
              loading={shops.isFetching}
              options={(shops.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
            />
          </Form.Item>
          <Form.Item name="offence" label={t('new.offence')} rules={[{ required: true }]}>
            <Select options={OFFENCES.map((one) => ({ value: one, label: offence(one) }))} onChange={() => form.setFieldValue('grade', 'general')} />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.offence !== after.offence}>
            {() => (
              <Form.Item name="grade" label={t('new.grade')} rules={[{ required: true }]}>
                <Select options={gradesOf(form.getFieldValue('offence') as Values['offence']).map((one) => ({ value: one, label: t(`grade.${one}`) }))} />
              </Form.Item>
            )}
          </Form.Item>
          <Form.Item name="circumstances" label={t('new.circumstances')}>
            <ManySelect options={CIRCUMSTANCES.map((one) => ({ value: one, label: t(`circumstance.${one}`) }))} />
          </Form.Item>
          <Form.Item name="facts" label={t('new.facts')} extra={t('new.facts_hint')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={4} maxLength={4000} />
          </Form.Item>
          <Form.Item name="evidence" label={t('new.evidence')} extra={t('new.evidence_hint')}>
            <Input maxLength={2000} />
          </Form.Item>
        </>
      )}
    </FormDialog>
  )
}
