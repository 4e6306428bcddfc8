import { useTranslation } from '@/i18n/react'
import { instant } from './countdown'
import { useFromNow } from './serverClock'
import { absoluteTime, relativeTime } from './time'

/** "3 分钟前" within a day, the date after that, the full time on hover. */
export function RelativeTime({ at, zone }: { at: string | number | Date; zone?: string }) {
  const { t, i18n } = useTranslation('ui')
  const time = instant(at)
  const text = useFromNow((now) => relativeTime(time, now, i18n.language, zone) ?? '')
  return (
    <time dateTime={new Date(time).toISOString()} title={absoluteTime(time, i18n.language, zone)} className="x-figures">
      {text || t('time.just_now')}
    </time>
  )
}
