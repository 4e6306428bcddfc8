import { Button, Checkbox, Input } from 'antd'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { blank, changed, type Draft, isStep, missing, PARTS, type RowName, STEPS, toggled, versionsOf, wantsEvidence, wireOf } from './sheet'
import { TalkToGrade } from './TalkToGrade'
import type { Sheet, TalkLine } from './wire'

const STEP_POINTS = [0, 1, 2, null] as const
const PART_POINTS = [0, 40, 60, 80, 100, null] as const
const REMARK_MAX = 500

interface Props {
  talk: readonly TalkLine[]
  submit: string
  onSubmit: (sheet: Sheet) => Promise<unknown>
  /** More to fill in, above the button. */
  children?: ReactNode
}

/** A sheet beside the words it is about: keys 0–9 give points, − says "not called for", numbers of messages are evidence. */
export function SheetForm({ talk, submit, onSubmit, children }: Props) {
  const { t } = useTranslation('grading')
  const [draft, setDraft] = useState<Draft>(blank)
  const [at, setAt] = useState<RowName>('greet')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const open = missing(draft)
  const send = async () => {
    if (busy || open.length > 0) return
    setBusy(true)
    setTrouble(null)
    try {
      await onSubmit(wireOf(draft))
    } catch (error) {
      setTrouble(error)
    } finally {
      setBusy(false)
    }
  }
  const row = (name: RowName) => (
    <SheetRow key={name} name={name} draft={draft} current={at === name} onEnter={() => setAt(name)} onChange={(change) => setDraft((was) => changed(was, name, change))} />
  )
  return (
    <form
      className="gr-sheet"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <TalkToGrade lines={talk} marked={versionsOf(draft.rows[at].evidence)} onPick={(version) => setDraft((was) => toggled(was, at, version))} />
      <div className="gr-marks">
        <p className="x-dim">{t('sheet.keys')}</p>
        <h3>{t('sheet.steps')}</h3>
        {STEPS.map(row)}
        <h3>{t('sheet.parts')}</h3>
        {PARTS.map(row)}
        <Checkbox checked={draft.redLine} onChange={(event) => setDraft((was) => ({ ...was, redLine: event.target.checked }))}>
          {t('sheet.red_line')}
        </Checkbox>
        <Input.TextArea
          aria-label={t('sheet.remark')}
          placeholder={t('sheet.remark')}
          rows={2}
          maxLength={REMARK_MAX}
          value={draft.remark}
          onChange={(event) => setDraft((was) => ({ ...was, remark: event.target.value }))}
        />
        {children}
        {trouble ? <Trouble error={trouble} /> : null}
        <div className="gr-send">
          <span className="x-dim" role="status">
            {open.length > 0 ? t('sheet.missing', { count: open.length }) : t('sheet.ready')}
          </span>
          <Button type="primary" htmlType="submit" loading={busy} disabled={open.length > 0}>
            {submit}
          </Button>
        </div>
      </div>
    </form>
  )
}

interface RowProps {
  name: RowName
  draft: Draft
  current: boolean
  onEnter: () => void
  onChange: (change: Partial<Draft['rows'][RowName]>) => void
}

function SheetRow({ name, draft, current, onEnter, onChange }: RowProps) {
  const { t } = useTranslation('grading')
  const { t: inspected } = useTranslation('inspection')
  const group = useId()
  const one = draft.rows[name]
  const choices = isStep(name) ? STEP_POINTS : PART_POINTS
  const label = isStep(name) ? inspected(`step.${name}`) : inspected(`part.${name as (typeof PARTS)[number]}`)
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const place = event.key === '-' ? choices.length - 1 : isStep(name) ? ['0', '1', '2'].indexOf(event.key) : ['0', '4', '6', '8', '9'].indexOf(event.key)
    const points = choices[place]
    if (points === undefined) return
    event.preventDefault()
    onChange({ points })
  }
  return (
    <fieldset className="gr-row" data-current={current}>
      <legend>{label}</legend>
      <span className="gr-points">
        {choices.map((points) => (
          <label key={points ?? 'none'} data-on={one.points === points}>
            <input type="radio" name={group} checked={one.points === points} onFocus={onEnter} onKeyDown={press} onChange={() => onChange({ points })} />
            {points ?? t(isStep(name) ? 'sheet.not_called' : 'sheet.nothing')}
          </label>
        ))}
      </span>
      <Input
        size="small"
        aria-label={t('sheet.evidence_of', { what: label })}
        placeholder={t('sheet.evidence')}
        status={wantsEvidence(name, one) ? 'warning' : ''}
        value={one.evidence}
        onFocus={onEnter}
        onChange={(event) => onChange({ evidence: event.target.value })}
      />
      <Input
        size="small"
        aria-label={t('sheet.remark_of', { what: label })}
        placeholder={t('sheet.remark')}
        maxLength={REMARK_MAX}
        value={one.remark}
        onFocus={onEnter}
        onChange={(event) => onChange({ remark: event.target.value })}
      />
    </fieldset>
  )
}
