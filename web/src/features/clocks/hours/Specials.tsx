import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import type { SpecialDay } from './calendar'
import { Intervals } from './Intervals'

interface Props {
  value: readonly SpecialDay[]
  onChange: (value: readonly SpecialDay[]) => void
}

/** Holidays (no hours) and make-up days (hours of their own), by date. */
export function Specials({ value, onChange }: Props) {
  const { t } = useTranslation('clocks')
  const [date, setDate] = useState('')
  const taken = value.some((one) => one.date === date)
  const put = (day: SpecialDay, part: Partial<SpecialDay>) => onChange(value.map((one) => (one === day ? { ...one, ...part } : one)))
  const add = () => {
    onChange([...value, { date, label: '', hours: [] }].toSorted((a, b) => a.date.localeCompare(b.date)))
    setDate('')
  }
  return (
    <>
      {value.length === 0 ? <p className="x-quiet">{t('hours.no_specials')}</p> : null}
      {value.map((day) => (
        <div key={day.date} className="h-special">
          <Input
            aria-label={t('hours.label_of', { date: day.date })}
            placeholder={t('hours.label')}
            value={day.label}
            maxLength={60}
            onChange={(event) => put(day, { label: event.target.value })}
            style={{ width: 150 }}
          />
          <Intervals label={day.date} value={day.hours} onChange={(hours) => put(day, { hours })} />
          <Button
            size="small"
            type="text"
            danger
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('hours.remove_special', { date: day.date })}
            onClick={() => onChange(value.filter((one) => one !== day))}
          />
        </div>
      ))}
      <div className="x-actions" style={{ marginTop: 8 }}>
        <Input type="date" aria-label={t('hours.date')} value={date} onChange={(event) => setDate(event.target.value)} style={{ width: 160 }} />
        <Button icon={<PlusOutlined aria-hidden />} disabled={!date || taken} onClick={add}>
          {t('hours.add_special')}
        </Button>
      </div>
    </>
  )
}
