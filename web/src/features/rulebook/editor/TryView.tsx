import { Alert, Button, InputNumber, Select } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { RulesVersion } from '@/ui/RulesVersion'
import { Trouble } from '@/ui/Trouble'
import { WhyList } from '@/ui/Why'
import { sample } from '../model/grid'
import { type Facts, type Grid, type GridInput, type Tried, tryCase, type Word } from '../tables'
import { useSaying } from './said'

interface Props {
  shop: string | null
  name: string
  grid: Grid
  /** The draft is asked instead of what is in force. */
  dirty: boolean
  onGo: (row: string) => void
}

/** Choose a case; the table says its row, what follows, and why. */
export function TryView({ shop, name, grid, dirty, onGo }: Props) {
  const { t } = useTranslation('rulebook')
  const say = useSaying()
  const [facts, setFacts] = useState<Facts>(() => Object.fromEntries(grid.inputs.map((input) => [input.name, sample(input, input.values[0] ?? '')])))
  const [answer, setAnswer] = useState<Tried | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    setTrouble(null)
    try {
      setAnswer(await tryCase(shop, name, facts, dirty ? { grid } : null))
    } catch (error) {
      setAnswer(null)
      setTrouble(error)
    }
  }
  const set = (input: string, value: Word) => {
    setFacts({ ...facts, [input]: value })
    setAnswer(null)
  }
  const plain = (value: string | number | boolean | string[] | null) => say.cell(value)
  return (
    <form onSubmit={(event) => void ask(event)}>
      <p className="x-quiet">{t(dirty ? 'try.hint_draft' : 'try.hint')}</p>
      <div className="xr-case">
        {grid.inputs.map((input) => (
          <Field key={input.name} input={input} label={say.label(input)} value={facts[input.name] ?? ''} onChange={(value) => set(input.name, value)} />
        ))}
      </div>
      <Button type="primary" htmlType="submit">
        {t('try.ask')}
      </Button>
      <div aria-live="polite" style={{ marginTop: 12 }}>
        {trouble ? <Trouble error={trouble} /> : null}
        {answer?.impossible == null ? null : <Alert type="info" showIcon title={t('try.impossible', { because: answer.impossible })} />}
        {answer && answer.impossible == null && answer.rows.length === 0 ? <Alert type="error" showIcon title={t('try.nothing')} /> : null}
        {answer?.rows.map((row) => (
          <section key={row.row} className="xr-change">
            <WhyList
              outcome={row.outcome.map(({ label, value }) => `${label}: ${plain(value)}`).join(' · ')}
              row={row.row}
              basis={row.authority ? `${row.basis} (${t(`authority.${row.authority as 'law'}`)})` : row.basis}
              version={<RulesVersion version={answer.rules_version} />}
            />
            <p>{row.sentence}</p>
            <Button size="small" onClick={() => onGo(row.row)}>
              {t('proof.go', { row: row.row })}
            </Button>
          </section>
        ))}
      </div>
    </form>
  )
}

function Field({ input, label, value, onChange }: { input: GridInput; label: string; value: Word; onChange: (value: Word) => void }) {
  const id = useId()
  const say = useSaying()
  const options = input.values.map((one, at) => ({ value: at, label: say.word(one) }))
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {input.kind === 'bands' ? (
        <InputNumber id={id} precision={0} value={typeof value === 'number' ? value : 0} onChange={(next) => onChange(next ?? 0)} style={{ width: '100%' }} />
      ) : (
        <Select id={id} value={input.values.indexOf(value)} options={options} onChange={(at: number) => onChange(input.values[at] ?? '')} style={{ width: '100%' }} />
      )}
    </div>
  )
}
