import { Button, Input, InputNumber, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { addEdge, type Band, bandInputs, bandsOf, mayStart, moveEdge, removeEdge, splits } from '../model/bands'
import type { Grid, GridInput } from '../tables'
import { Flaws } from './Flaws'
import { useSaying } from './said'
import type { DraftState } from './useDraft'

interface Props {
  draft: DraftState
  onClose: () => void
}

/** Where the bands of a table's numbers begin and end: moved, added, taken away, and proved while one types. */
export function BandsDialog({ draft, onClose }: Props) {
  const { t } = useTranslation(['rulebook', 'ui'])
  return (
    <Modal open title={t('bands.title')} onCancel={onClose} footer={<Button onClick={onClose}>{t('ui:action.close')}</Button>} width={560}>
      <p className="x-quiet x-small">{t('bands.hint')}</p>
      {bandInputs(draft.grid).map((input) => (
        <Bands key={input.name} input={input} grid={draft.grid} onChange={draft.change} />
      ))}
      <Flaws draft={draft} />
    </Modal>
  )
}

function Bands({ input, grid, onChange }: { input: GridInput; grid: Grid; onChange: (grid: Grid) => void }) {
  const { t } = useTranslation('rulebook')
  const say = useSaying()
  const bands = bandsOf(input)
  return (
    <section className="xr-bands" aria-label={say.label(input)}>
      <h4>{say.label(input)}</h4>
      <ul>
        {bands.map((band, at) => (
          <li key={band.name}>
            <strong>{say.word(band.name)}</strong>
            {at === 0 ? (
              <span>{band.first ?? '…'}</span>
            ) : (
              <Edge bands={bands} at={at} label={t('bands.from', { band: say.word(band.name) })} onChange={(first) => onChange(moveEdge(grid, input.name, at, first))} />
            )}
            <span>– {band.last ?? '…'}</span>
            {at === 0 ? null : (
              <Button size="small" onClick={() => onChange(removeEdge(grid, input.name, at))}>
                {t('bands.join', { band: say.word(bands[at - 1]?.name ?? '') })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Split bands={bands} onSplit={(name, first) => onChange(addEdge(grid, input.name, name, first))} />
    </section>
  )
}

/** A number that is not (yet) possible stays in the field and is marked; the table changes only with one that is. */
function Edge({ bands, at, label, onChange }: { bands: readonly Band[]; at: number; label: string; onChange: (first: number) => void }) {
  const first = bands[at]?.first ?? null
  const [typed, setTyped] = useState(first)
  const [known, setKnown] = useState(first)
  if (known !== first) {
    setKnown(first)
    setTyped(first)
  }
  const possible = typed !== null && mayStart(bands, at, typed)
  return (
    <InputNumber
      aria-label={label}
      size="small"
      precision={0}
      value={typed}
      status={possible ? '' : 'error'}
      aria-invalid={!possible}
      onChange={(next) => {
        setTyped(next)
        if (next !== null && mayStart(bands, at, next)) onChange(next)
      }}
    />
  )
}

function Split({ bands, onSplit }: { bands: readonly Band[]; onSplit: (name: string, first: number) => void }) {
  const { t } = useTranslation('rulebook')
  const id = useId()
  const [first, setFirst] = useState<number | null>(null)
  const [name, setName] = useState('')
  const band = name || `from_${String(first ?? '').replace('-', 'minus_')}`
  const ready = first !== null && splits(bands, first) >= 0 && /^[a-z][a-z0-9_]*$/.test(band) && !bands.some((one) => one.name === band)
  const add = () => {
    if (!ready || first === null) return
    onSplit(band, first)
    setFirst(null)
    setName('')
  }
  return (
    <form
      className="xr-tools"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <label htmlFor={`${id}from`}>{t('bands.new_from')}</label>
      <InputNumber id={`${id}from`} size="small" precision={0} value={first} onChange={setFirst} />
      <label htmlFor={`${id}name`}>{t('bands.new_name')}</label>
      <Input id={`${id}name`} size="small" style={{ width: 130 }} maxLength={40} value={name} placeholder={first === null ? '' : band} onChange={(event) => setName(event.target.value.trim())} />
      <Button size="small" htmlType="submit" disabled={!ready}>
        {t('bands.add')}
      </Button>
    </form>
  )
}
