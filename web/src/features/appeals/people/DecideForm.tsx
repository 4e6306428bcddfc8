import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'
import { EvidenceView } from '../parts/Parts'
import type { AppealWhole } from '../parts/wire'

interface Props {
  one: AppealWhole
  onMoved: (whole: AppealWhole) => void
  onClose: () => void
}

/** The decision: what was found, the clauses, every evidence used or not used for a reason, and what follows. */
export function DecideForm({ one, onMoved, onClose }: Props) {
  const { t } = useTranslation(['appeals', 'ui'])
  const [result, setResult] = useState<'upheld' | 'dismissed' | null>(null)
  const [facts, setFacts] = useState('')
  const [rows, setRows] = useState(one.summary.rows.join('\n'))
  const [unused, setUnused] = useState<Readonly<Record<string, string>>>({})
  const clauses = rows.split('\n').map((row) => row.trim()).filter(Boolean)
  const answered = one.evidence.every(({ id }) => unused[id] === undefined || unused[id]?.trim())
  const ready = result !== null && facts.trim() !== '' && clauses.length > 0 && answered
  const { busy, trouble, send } = useSend(async () => {
    if (result === null) return
    onMoved(
      await api.POST('/platform/v1/appeals/{appeal}/decide', {
        params: { path: { appeal: one.id } },
        body: {
          result,
          facts: facts.trim(),
          rows: clauses,
          used: one.evidence.filter(({ id }) => unused[id] === undefined).map(({ id }) => id),
          refused: Object.entries(unused).map(([evidence, why]) => ({ evidence, why: why.trim() })),
        },
      }),
    )
  })
  const toggle = (id: string) =>
    setUnused(({ [id]: was, ...rest }) => (was === undefined ? { ...rest, [id]: '' } : rest))
  return (
    <form className="x-box x-form" data-mark="now" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <h2>{t('deed.decide')}</h2>
      <Radio.Group
        aria-label={t('decide.result')}
        value={result}
        onChange={(event) => setResult(event.target.value as 'upheld')}
        options={(['upheld', 'dismissed'] as const).map((value) => ({ value, label: t(`result.${value}`) }))}
      />
      {result ? <p role="status">{t(`decide.then_${result}_${one.target_kind}`)}</p> : null}
      <label>
        {t('decide.facts')}
        <Input.TextArea rows={4} maxLength={4_000} value={facts} onChange={(event) => setFacts(event.target.value)} />
      </label>
      <label>
        {t('decide.rows')}
        <Input.TextArea rows={2} value={rows} onChange={(event) => setRows(event.target.value)} />
      </label>
      {one.evidence.map((shown) => (
        <div key={shown.id} className="x-box">
          <EvidenceView shown={shown} />
          <label>
            <input type="checkbox" checked={unused[shown.id] === undefined} onChange={() => toggle(shown.id)} /> {t('decide.use')}
          </label>
          {unused[shown.id] === undefined ? null : (
            <Input
              aria-label={t('decide.why_not')}
              placeholder={t('decide.why_not')}
              value={unused[shown.id] ?? ''}
              onChange={(event) => setUnused({ ...unused, [shown.id]: event.target.value })}
            />
          )}
        </div>
      ))}
      {trouble ? <Trouble error={trouble} /> : null}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>{t('ui:action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
          {t(result ? `decide.send_${result}` : 'deed.decide')}
        </Button>
      </div>
    </form>
  )
}
