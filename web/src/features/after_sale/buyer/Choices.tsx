import { type ReactNode, useId } from 'react'

export interface Choice<Value extends string> {
  value: Value
  label: string
  hint?: ReactNode
}

interface Props<Value extends string> {
  legend: string
  choices: readonly Choice<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  hideLegend?: boolean
}

/** One question with its answers, each as large as a thumb. */
export function Choices<Value extends string>({ legend, choices, value, onChange, hideLegend }: Props<Value>) {
  const name = useId()
  return (
    <fieldset className="ab-choices">
      <legend className={hideLegend ? 'x-heard' : undefined}>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="ab-choice" data-chosen={choice.value === value}>
          <input type="radio" name={name} value={choice.value} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span>
            {choice.label}
            {choice.hint ? <span className="as-quiet ab-hint">{choice.hint}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
