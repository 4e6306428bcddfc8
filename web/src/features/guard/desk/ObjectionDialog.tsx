import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { KEY } from '../pages/wire'
import { type HeldWords, kept, object, provable } from './held'
import { ProofFile } from './ProofFile'

/** “This was right to say”: another person decides. */
export default function ObjectionDialog({ onClose, ...held }: HeldWords & { onClose: () => void }) {
  const { t } = useTranslation('objections')
  const query = useQuery({ queryKey: ['guard', 'provable', held.conversation, held.text], queryFn: ({ signal }) => provable(held, signal), staleTime: 0 })
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const lines = query.data?.data ?? []
  const send = async ({ start, reason }: { start?: number; reason: string }) => {
    const one = lines.find((line) => line.start === start) ?? lines[0] ?? (await provable(held, new AbortController().signal)).data[0]
    if (!one) return
    const file_id = await kept(held.conversation, file)
    await object(held.shop, { text: held.text, conversation_id: held.conversation, kind: one.kind, start: one.start, reason, file_id })
    await queries.invalidateQueries({ queryKey: KEY })
  }
  return (
    <FormDialog<{ start?: number; reason: string }> title={t('objection.title')} submit={t('objection.submit')} onSubmit={send} onClose={onClose}>
      <p>
        {t('objection.hint')} <Link to={`/held/${held.shop}`}>{t('mine.link')}</Link>
      </p>
      {lines.length > 1 ? (
        <Form.Item name="start" label={t('objection.which')}>
          <Radio.Group options={lines.map((line) => ({ value: line.start, label: line.words }))} />
        </Form.Item>
      ) : null}
      <Form.Item name="reason" label={t('objection.reason')} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
      <ProofFile file={file} onFile={setFile} />
    </FormDialog>
  )
}
