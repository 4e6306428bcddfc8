import { Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from '@/i18n/react'

export interface Option {
  id: string
  group: string
  title: string
  detail: string
}

interface OptionListProps {
  label: string
  options: readonly Option[]
  chosen: string | null
  choose: (id: string) => void
}

const MANY = 8

/** One of several, by arrow keys; a field narrows a long list. */
export function OptionList({ label, options, chosen, choose }: OptionListProps) {
  const { t } = useTranslation('conversations')
  const name = useId()
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const found = options.filter((option) => `${option.title} ${option.detail}`.toLowerCase().includes(wanted))
  return (
    <>
      {options.length > MANY ? (
        <Input value={words} aria-label={t('desk.dialog.narrow')} placeholder={t('desk.dialog.narrow')} onChange={(event) => setWords(event.target.value)} allowClear />
      ) : null}
      <fieldset className="xd-options">
        <legend className="x-heard">{label}</legend>
        {found.map((option) => (
          <label key={option.id} className="xd-option">
            <input type="radio" name={name} checked={option.id === chosen} onChange={() => choose(option.id)} />
            <span className="xd-option-title">{option.title}</span>
            <span className="xd-quiet">{option.detail}</span>
          </label>
        ))}
        {found.length === 0 ? <p className="xd-quiet">{t('desk.dialog.nobody')}</p> : null}
      </fieldset>
    </>
  )
}
