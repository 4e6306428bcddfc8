import { Checkbox, Input, InputNumber, Modal, Radio, Select } from 'antd'
import { useId, useState } from 'react'
import { LANGUAGE_NAMES } from '@/i18n/languages'
import { useTranslation } from '@/i18n/react'
import { changeRow, setCondition, setOutcome } from '../model/grid'
import type { Authority, Cell, Condition, Grid, GridInput, GridOutput, GridRow, Word } from '../tables'
import type { Column } from './GridView'
import { SAY, useSaying } from './said'

interface Props {
  grid: Grid
  at: number
  column: Column
  onChange: (grid: Grid) => void
  onClose: () => void
}

const AUTHORITIES: readonly Authority[] = ['law', 'platform', 'promise', 'agreement', 'custom']

/** One cell, changed in a dialog: the same on a phone, with a mouse and with keys. */
export function CellDialog({ grid, at, column, onChange, onClose }: Props) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const say = useSaying()
  const row = grid.rows[at]
  const [draft, setDraft] = useState<Grid>(grid)
  const now = draft.rows[at]
  if (!row || !now) return null
  const save = () => {
    onChange(draft)
    onClose()
  }
  const input = column.part === 'when' ? grid.inputs.find(({ name }) => name === column.name) : undefined
  const output = column.part === 'then' ? grid.outputs.find(({ name }) => name === column.name) : undefined
  const head = input ? say.label(input) : output ? say.label(output) : t(`column.${column.part as 'id'}`)
  return (
    <Modal
      open
      title={`${row.id} · ${head}`}
      okText={t('ui:action.save')}
      cancelText={t('ui:action.cancel')}
      onOk={save}
      onCancel={onClose}
      width={column.part === 'say' ? 640 : 460}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {input ? <When input={input} row={now} label={head} onChange={(next) => setDraft(setCondition(withoutOtherwise(draft, at), at, input, next))} /> : null}
        {output ? <Then output={output} value={now.then[output.name] ?? null} label={head} onChange={(next) => setDraft(setOutcome(draft, at, output.name, next))} /> : null}
        {column.part === 'say' ? <Say row={now} onChange={(next) => setDraft(changeRow(draft, at, next))} /> : null}
        {column.part === 'id' || column.part === 'basis' ? (
          <Input aria-label={head} value={now[column.part]} maxLength={200} onChange={(event) => setDraft(changeRow(draft, at, { [column.part]: event.target.value }))} />
        ) : null}
        {column.part === 'authority' ? (
          <Radio.Group
            aria-label={head}
            value={now.authority ?? ''}
            onChange={(event) => setDraft(changeRow(draft, at, { authority: (event.target.value as Authority) || null }))}
            style={{ display: 'grid', gap: 6 }}
            options={[...AUTHORITIES.map((value) => ({ value: value as string, label: t(`authority.${value}`) })), { value: '', label: '–' }]}
          />
        ) : null}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Modal>
  )
}

function withoutOtherwise(grid: Grid, at: number): Grid {
  return grid.rows[at]?.otherwise ? changeRow(grid, at, { otherwise: false }) : grid
}

/** Anything, one of these, or all but these. */
function When({ input, row, label, onChange }: { input: GridInput; row: GridRow; label: string; onChange: (next: Condition | null) => void }) {
  const { t } = useTranslation('rulebook')
  const say = useSaying()
  const condition = row.when?.[input.name]
  const [mode, setMode] = useState<'anything' | 'these' | 'all_but'>(condition ? (condition.negated ? 'all_but' : 'these') : 'anything')
  const [values, setValues] = useState<readonly Word[]>(condition?.values ?? [])
  const set = (nextMode: typeof mode, next: readonly Word[]) => {
    setMode(nextMode)
    setValues(next)
    const kept = input.values.filter((value) => next.includes(value))
    onChange(nextMode === 'anything' ? null : { values: kept, negated: nextMode === 'all_but' })
  }
  const spanOf = (at: number) => {
    const [first, last] = input.bands?.[at] ?? [null, null]
    return input.kind === 'bands' ? ` (${first ?? ''}..${last ?? ''})` : ''
  }
  return (
    <>
      <Radio.Group
        aria-label={label}
        value={mode}
        onChange={(event) => set(event.target.value as typeof mode, values)}
        options={[
          { value: 'anything', label: t('cell.anything') },
          { value: 'these', label: t('cell.these') },
          { value: 'all_but', label: t('cell.all_but_these') },
        ]}
      />
      <fieldset style={{ border: 0, margin: '12px 0 0', padding: 0, display: 'grid', gap: 4 }} disabled={mode === 'anything'}>
        <legend className="x-heard">{t('cell.values')}</legend>
        {input.values.map((value, at) => (
          <Checkbox
            key={String(value)}
            disabled={mode === 'anything'}
            checked={mode !== 'anything' && values.includes(value)}
            onChange={(event) => set(mode, event.target.checked ? [...values, value] : values.filter((one) => one !== value))}
          >
            {say.word(value)}
            {spanOf(at)}
          </Checkbox>
        ))}
      </fieldset>
    </>
  )
}

function Then({ output, value, label, onChange }: { output: GridOutput; value: Cell; label: string; onChange: (next: Cell) => void }) {
  const { t } = useTranslation('rulebook')
  const say = useSaying()
  const none = output.optional && !output.many ? [{ value: '', label: t('cell.nothing') }] : []
  if (output.many) {
    const chosen = Array.isArray(value) ? value : []
    return (
      <Checkbox.Group
        value={chosen}
        style={{ display: 'grid', gap: 4 }}
        onChange={(next) => onChange((output.words ?? []).filter((one) => next.includes(one)))}
        options={(output.words ?? []).map((word) => ({ value: word, label: say.word(word) }))}
      />
    )
  }
  switch (output.kind) {
    case 'words':
      return (
        <Select
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          onChange={(next: string) => onChange(next || null)}
          showSearch={{ optionFilterProp: 'label' }}
          options={[...none, ...(output.words ?? []).map((word) => ({ value: word, label: say.word(word) }))]}
          style={{ width: '100%' }}
        />
      )
    case 'bool':
      return (
        <Radio.Group
          aria-label={label}
          value={value === null ? '' : value}
          onChange={(event) => onChange(event.target.value === '' ? null : (event.target.value as boolean))}
          options={[{ value: true, label: t('yes') }, { value: false, label: t('no') }, ...(none as { value: string; label: string }[])] as { value: boolean; label: string }[]}
        />
      )
    case 'int':
      return <InputNumber aria-label={label} precision={0} value={typeof value === 'number' ? value : null} onChange={(next) => onChange(next ?? (output.optional ? null : 0))} style={{ width: '100%' }} />
    case 'text':
      return <Input.TextArea aria-label={label} rows={3} value={typeof value === 'string' ? value : ''} onChange={(event) => onChange(event.target.value || (output.optional ? null : ''))} />
  }
}

function Say({ row, onChange }: { row: GridRow; onChange: (next: Partial<GridRow>) => void }) {
  const id = useId()
  return SAY.map((language) => (
    <p key={language} style={{ margin: '0 0 8px' }}>
      <label htmlFor={`${id}${language}`}>{language === 'zh' ? LANGUAGE_NAMES['zh-Hans'] : LANGUAGE_NAMES[language]}</label>
      <Input.TextArea
        id={`${id}${language}`}
        lang={language}
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={1000}
        value={row.say?.[language] ?? ''}
        onChange={(event) => onChange({ say: { ...row.say, [language]: event.target.value } })}
      />
    </p>
  ))
}
