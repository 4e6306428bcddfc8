import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from '@/i18n/react'
import { type Interval, pastMidnight, wholeDay } from './calendar'

interface Props {
  label: string
  value: readonly Interval[]
  onChange: (value: readonly Interval[]) => void
}

const FIRST: Interval = { from: '09:00', to: '18:00' }

/** The hours of one day: none = closed, several = with breaks. */
export function Intervals({ label, value, onChange }: Props) {
  const { t } = useTranslation('clocks')
  const put = (n: number, part: Partial<Interval>) => onChange(value.map((one, k) => (k === n ? { ...one, ...part } : one)))
  const add = () => {
    const last = value.at(-1)
    onChange([...value, last ? { from: last.to, to: '23:00' } : FIRST])
  }
  return (
    <fieldset className="h-day">
      <legend>{label}</legend>
      <div className="h-spans">
        {value.length === 0 ? <span className="x-quiet">{t('hours.closed')}</span> : null}
        {value.map((one, n) => (
          // The order is all that tells two stretches of a day apart.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={n} className="h-span">
            <Time label={t('hours.from', { day: label })} value={one.from} onChange={(from) => put(n, { from })} />
            –
            <Time label={t('hours.to', { day: label })} value={one.to} onChange={(to) => put(n, { to })} />
            {pastMidnight(one) ? <span className="x-quiet x-small">{t(wholeDay(one) ? 'hours.whole_day' : 'hours.next_day')}</span> : null}
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('hours.remove', { from: one.from, to: one.to })}
              onClick={() => onChange(value.filter((_, k) => k !== n))}
            />
          </span>
        ))}
        <Button size="small" type="text" icon={<PlusOutlined aria-hidden />} onClick={add} disabled={value.length >= 24}>
          {t('hours.add')}
        </Button>
      </div>
    </fieldset>
  )
}

function Time({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Input
      type="time"
      aria-label={label}
      value={value}
      // Emptied while one types: the old time stays until there is a new one.
      onChange={({ target }) => (target.value ? onChange(target.value.slice(0, 5)) : undefined)}
      style={{ width: 'clamp(112px, 34vw, 126px)' }}
    />
  )
}
