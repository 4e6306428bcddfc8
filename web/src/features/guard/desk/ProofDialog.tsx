import { useQuery } from '@tanstack/react-query'
import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { useServerNow } from '@/ui/serverClock'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Why } from '@/ui/Why'
import { fileProof, type HeldWords, kept, type Provable, type ProofWish, provable } from './held'
import { ProofFile } from './ProofFile'

const DAY_MS = 86_400_000
const DAYS = 90

interface Values {
  sort: ProofWish['sort']
  reference?: string
  reason: string
  ends: string
}

/** Put a proof on file for words that are held back: they pass until it ends. */
export default function ProofDialog({ onProved, onClose, ...held }: HeldWords & { onProved: () => void; onClose: () => void }) {
  const { t } = useTranslation('objections')
  const now = useServerNow()
  const query = useQuery({ queryKey: ['guard', 'provable', held.conversation, held.text], queryFn: ({ signal }) => provable(held, signal), staleTime: 0 })
  const [file, setFile] = useState<File | null>(null)
  const lines = query.data?.data ?? []
  const one = lines.find((line) => line.sorts.length > 0)
  if (!one) {
    return (
      <Modal open title={t('proof.title')} footer={null} onCancel={onClose}>
        <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
          <p>{t('proof.none')}</p>
          <ul>
            {lines.map((line) => (
              <Never key={line.start} line={line} />
            ))}
          </ul>
        </StateBlock>
      </Modal>
    )
  }
  const send = async ({ ends, ...values }: Values) => {
    await fileProof(held.shop, {
      ...values,
      file_id: await kept(held.conversation, file),
      text: held.text,
      conversation_id: held.conversation,
      kind: one.kind,
      start: one.start,
      ends: new Date(`${ends}T23:59:59`).toISOString(),
    })
    onProved()
  }
  const until = new Date(now() + DAYS * DAY_MS).toISOString().slice(0, 10)
  const initial: Partial<Values> = { ends: until, ...(one.sorts[0] ? { sort: one.sorts[0] } : {}) }
  return (
    <FormDialog<Values> title={t('proof.title')} submit={t('proof.submit')} initial={initial} onSubmit={send} onClose={onClose}>
      <p>
        <q>{one.words}</q> {t('proof.hint')}
      </p>
      <Form.Item name="sort" label={t('proof.sort')} rules={[{ required: true }]}>
        <Radio.Group options={one.sorts.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))} />
      </Form.Item>
      <Form.Item name="reference" label={t('proof.reference_or_file')} rules={[{ required: !file, whitespace: true, min: 2 }]}>
        <Input maxLength={200} />
      </Form.Item>
      <ProofFile file={file} onFile={setFile} />
      <Form.Item name="ends" label={t('proof.ends')} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="reason" label={t('proof.reason')} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}

function Never({ line }: { line: Provable }) {
  return (
    <li>
      <q>{line.words}</q> {line.because} <Why outcome={line.because} row={line.override_row} basis={line.basis} />
    </li>
  )
}
