import { Tag } from 'antd'
import { useLanguage, useTranslation } from '@/i18n/react'
import { useFromNow } from '@/ui/serverClock'
import { type CalendarDraft, pastMidnight, plan, spanText, wholeDay } from './calendar'

const DAYS = 14

/** The coming two weeks as they would be; what differs from what is saved is marked. */
export function Preview({ draft, saved }: { draft: CalendarDraft; saved: CalendarDraft }) {
  const { t } = useTranslation('clocks')
  const language = useLanguage()
  // Redrawn once an hour is enough for days.
  const hour = useFromNow((now) => Math.floor(now / 3_600_000))
  const now = hour * 3_600_000
  const before = plan(saved, now, DAYS)
  const format = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', weekday: 'short', timeZone: 'UTC' })
  return (
    <ol className="h-preview">
      {plan(draft, now, DAYS).map((day, n) => {
        const spans = day.hours.map(spanText).join()
        const isNew = spans !== before[n]?.hours.map(spanText).join()
        return (
          <li key={day.date}>
            <span>{format.format(Date.parse(`${day.date}T00:00:00Z`))}</span>
            <span className="x-figures">
              {day.hours.length === 0 ? <span className="x-quiet">{t('hours.closed')}</span> : null}
              {day.hours.map((one) => (
                <span key={spanText(one)} className="h-piece">
                  {wholeDay(one) ? t('hours.whole_day') : `${one.from}–${one.to}`}
                  {!wholeDay(one) && pastMidnight(one) ? <span className="x-quiet x-small"> {t('hours.next_day')}</span> : null}
                </span>
              ))}
            </span>
            <span>
              {day.special === null ? null : <Tag color="blue">{day.special || t('hours.special')}</Tag>}
              {isNew ? <Tag color="warning">{t('hours.changed')}</Tag> : null}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
