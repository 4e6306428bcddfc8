import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type AppealRight, asRefusal, useAppealRight } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { absoluteTime } from '@/ui/time'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'
import { lodge } from '../parts/server'
import type { AppealWhole, Place, TargetKind } from '../parts/wire'
import { EvidenceFields, type EvidenceWish, filled } from './EvidenceFields'

interface Props {
  place: Place
  kind: TargetKind
  target: string
  /** Where the appeals of this place stand in the app. */
  base: string
  onLodged: (whole: AppealWhole) => void
}

/** Ask for a decision to be looked at again: whether one may is said first, with until when and why not. */
export function LodgeForm(props: Props) {
  const { place, kind, target } = props
  const query = useAppealRight(place, kind, target)
  return (
    <StateBlock
      state={stateOf(query, false)}
      skeleton="form"
      error={query.isError ? asRefusal(query.error) : null}
      onRetry={() => void query.refetch()}
    >
      {query.data ? <Asked {...props} right={query.data} /> : null}
    </StateBlock>
  )
}

function Asked({ right, ...props }: Props & { right: AppealRight }) {
  const { t, i18n } = useTranslation('appeals')
  const late = right.code === 'appeals.too_late'
  return (
    <>
      <section className="x-box">
        <p>
          <strong>{t(`target.${props.kind}`)}</strong>
        </p>
        <p>{right.until ? t('form.until', { until: absoluteTime(Date.parse(right.until), i18n.language) }) : t('form.any_time')}</p>
        <p>{t('form.once')}</p>
        {right.needs_new_facts ? <p>{t('form.new_needed')}</p> : null}
        <p className="x-dim">{t('form.by_whom')}</p>
        {right.allowed ? null : <p role="alert">{right.message}</p>}
        {right.open_appeal ? <Link to={`${props.base}/${right.open_appeal}`}>{t('form.to_open')}</Link> : null}
      </section>
      {right.allowed || late ? <Fields {...props} right={right} late={late} /> : null}
    </>
  )
}

function Fields({ place, kind, target, onLodged, right, late }: Props & { right: AppealRight; late: boolean }) {
  const { t } = useTranslation('appeals')
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState('')
  const [facts, setFacts] = useState('')
  const [reason, setReason] = useState('')
  const [evidence, setEvidence] = useState<EvidenceWish[]>([])
  const [sending, setSending] = useState(0)
  const [client] = useState(() => crypto.randomUUID())
  const queries = useQueryClient()
  const { busy, trouble, send } = useSend(async () => {
    const whole = await lodge(place, {
      kind,
      target,
      text: text.trim(),
      wanted: wanted.trim(),
      new_facts: facts.trim(),
      late_reason: reason.trim(),
      human: true,
      evidence: filled(evidence),
      client_id: client,
    })
    void queries.invalidateQueries({ queryKey: ['appeals', place?.shop ?? 'me', 'list'] })
    onLodged(whole)
  })
  const fields = [
    { name: t('part.why'), value: text, set: setText, rows: 4 },
    { name: t('part.wanted'), value: wanted, set: setWanted, rows: 2 },
    ...(right.needs_new_facts ? [{ name: t('part.new_facts'), value: facts, set: setFacts, rows: 3 }] : []),
    ...(late ? [{ name: t('part.late_reason'), value: reason, set: setReason, rows: 2 }] : []),
  ]
  return (
    <form className="x-form" onSubmit={(event) => { event.preventDefault(); void send() }}>
      {fields.map((field) => (
        <label key={field.name}>
          {field.name}
          <Input.TextArea rows={field.rows} maxLength={4_000} value={field.value} onChange={(event) => field.set(event.target.value)} />
        </label>
      ))}
      <EvidenceFields value={evidence} conversation={right.conversation_id} onChange={setEvidence} onBusy={setSending} />
      {trouble ? <Trouble error={trouble} /> : null}
      <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={sending > 0 || text.trim() === '' || (late && reason.trim() === '')}>
        {t('form.lodge')}
      </Button>
    </form>
  )
}

const KINDS: ReadonlySet<string> = new Set<TargetKind>(['ruling', 'penalty', 'block', 'complaint_refusal'])

/** What an address asks to appeal, when it names something that can be. */
export function askedOf(search: URLSearchParams): { kind: TargetKind; target: string } | null {
  const kind = search.get('kind') ?? ''
  const target = search.get('target') ?? ''
  return KINDS.has(kind) && target ? { kind: kind as TargetKind, target } : null
}
