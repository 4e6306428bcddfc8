import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAppealRight } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'
import type { AddWish, AppealWhole, Place } from '../parts/wire'
import { EvidenceFields, type EvidenceWish, filled } from './EvidenceFields'

interface Props {
  place: Place
  one: AppealWhole
  /** The other side answers; it has no new facts to name. */
  answer: boolean
  onSend: (wish: AddWish) => Promise<void>
  onClose: () => void
}

/** Show what is missing, or answer. */
export function AddForm({ place, one, answer, onSend, onClose }: Props) {
  const { t } = useTranslation(['appeals', 'ui'])
  const [text, setText] = useState('')
  const [facts, setFacts] = useState('')
  const [evidence, setEvidence] = useState<EvidenceWish[]>([])
  const [sending, setSending] = useState(0)
  const right = useAppealRight(place, one.target_kind, one.target_id)
  const { busy, trouble, send } = useSend(() => onSend({ text: text.trim(), new_facts: facts.trim(), evidence: filled(evidence) }))
  return (
    <form className="x-box x-form" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <h2>{t(answer ? 'deed.answer' : 'deed.add')}</h2>
      <label>
        {t('form.words')}
        <Input.TextArea rows={3} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {answer ? null : (
        <label>
          {t('part.new_facts')}
          <Input.TextArea rows={2} maxLength={4_000} value={facts} onChange={(event) => setFacts(event.target.value)} />
        </label>
      )}
      <EvidenceFields value={evidence} conversation={right.data?.conversation_id ?? null} onChange={setEvidence} onBusy={setSending} />
      {trouble ? <Trouble error={trouble} /> : null}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>{t('ui:action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={sending > 0 || text.trim() === ''}>
          {t('form.send')}
        </Button>
      </div>
    </form>
  )
}
