import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { EvidencePicker } from './EvidencePicker'
import { ScreenshotCheck } from './ScreenshotCheck'
import type { Doors } from './wire'

interface Props {
  doors: Doors
  /** Where messages can be chosen; without one only numbers can be typed. */
  conversation: string | null
  reason: string
  numbers: readonly string[]
  onChange: (numbers: string[]) => void
}

/** Evidence numbers: from the chat itself, or typed as somebody has copied them. */
export function EvidenceField({ doors, conversation, reason, numbers, onChange }: Props) {
  const { t } = useTranslation('complaints')
  const [picking, setPicking] = useState(false)
  const [typed, setTyped] = useState('')
  const add = (number: string) => {
    const one = number.trim()
    if (one && !numbers.includes(one)) onChange([...numbers, one])
  }
  return (
    <fieldset className="cp-field">
      <legend>{t('form.evidence')}</legend>
      <p className="cp-quiet">{t('form.evidence_hint')}</p>
      <ul className="cp-numbers">
        {numbers.map((number) => (
          <li key={number}>
            <div className="cp-row">
              <Copyable text={number} />
              <Button size="small" onClick={() => onChange(numbers.filter((one) => one !== number))} aria-label={t('form.remove', { name: number })}>
                {t('form.take_away')}
              </Button>
            </div>
            <ScreenshotCheck doors={doors} number={number} />
          </li>
        ))}
      </ul>
      {picking && conversation ? (
        <EvidencePicker
          doors={doors}
          conversation={conversation}
          reason={reason}
          onNumber={(number) => {
            add(number)
            setPicking(false)
          }}
          onClose={() => setPicking(false)}
        />
      ) : (
        <div className="cp-bar">
          {conversation ? <Button onClick={() => setPicking(true)}>{t('form.pick')}</Button> : null}
        </div>
      )}
      <label htmlFor="cp-number" className="cp-label">
        {t('form.number')}
      </label>
      <div className="cp-row">
        <Input id="cp-number" value={typed} maxLength={64} autoComplete="off" style={{ flex: '1 1 200px' }} onChange={(event) => setTyped(event.target.value)} />
        <Button
          disabled={typed.trim() === ''}
          onClick={() => {
            add(typed)
            setTyped('')
          }}
        >
          {t('form.add_number')}
        </Button>
      </div>
    </fieldset>
  )
}
