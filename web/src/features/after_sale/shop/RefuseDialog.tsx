import { Form, Radio } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { CaseWhole } from '../parts/wire'
import { Pictures, WordsField } from './fields'
import { refuse, type StoredFile } from './server'

const REASONS = ['not_our_fault', 'used', 'not_ours', 'late', 'already_settled', 'evidence_missing', 'parcel_on_way', 'other'] as const

interface Values {
  reason: (typeof REASONS)[number]
  text: string
  files?: StoredFile[]
}

/** A refusal has a reason, words, and pictures where there are some. */
export function RefuseDialog({ one, onDone, onClose }: { one: CaseWhole; onDone: (whole: CaseWhole) => void; onClose: () => void }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const send = async ({ reason, text, files = [] }: Values) => {
    onDone(await refuse({ shop: one.shop_id, case: one.id }, reason, text.trim(), files.map(({ id }) => id)))
  }
  return (
    <FormDialog<Values> title={t('deed.refuse')} submit={t('deed.refuse')} onSubmit={send} onClose={onClose}>
      <p className="as-quiet">{t('shop.refuse_then')}</p>
      <Form.Item name="reason" label={t('shop.refuse_reason')} rules={[{ required: true, message: t('ui:form.needed') }]}>
        <Radio.Group style={{ display: 'grid', gap: 4 }} options={REASONS.map((value) => ({ value, label: t(`refusal.${value}`) }))} />
      </Form.Item>
      <WordsField label={t('shop.words')} hint={t('shop.words_buyer_reads')} needed />
      <Pictures conversation={one.conversation_id} label={t('shop.photos')} />
    </FormDialog>
  )
}
