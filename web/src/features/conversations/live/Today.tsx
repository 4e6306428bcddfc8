import { useTranslation } from '@/i18n/react'
import { describeDuration } from '@/ui/duration'
import type { Live } from './wire'

/** The day so far in a few figures. */
export function Today({ today, waiting }: { today: Live['today']; waiting: number }) {
  const { t } = useTranslation(['conversations', 'ui'])
  const median = today.median_first_reply_seconds
  const duration = median === null ? null : describeDuration(median * 1_000)
  const tiles: readonly [string, string | number][] = [
    [t('live.waiting'), waiting],
    [t('live.opened'), today.opened],
    [t('live.answered'), today.answered],
    [t('live.breached'), today.breached],
    [t('live.closed'), today.closed],
    [t('live.median'), duration ? t(`ui:${duration.key}`, duration.values) : '–'],
  ]
  return (
    <dl className="x-tiles" aria-label={t('live.today')}>
      {tiles.map(([name, figure]) => (
        <div key={name} className="x-tile">
          <dt>{name}</dt>
          <dd className="x-figures">{figure}</dd>
        </div>
      ))}
    </dl>
  )
}
