/** @jsxImportSource preact */
import i18next from 'i18next'
import type { Conversation } from './session'
import { minutes } from './timeline'

/** Where the buyer stands in line and what he may expect, without invented numbers. */
export function Place({ conversation }: { conversation: Conversation }) {
  const t = i18next.t
  const { place, agent, state } = conversation
  if (place === null) {
    return state === 'assigned' && agent ? (
      <p class="k-place" role="status">
        {t('conversations:chat.with_agent', { name: agent.name })}
      </p>
    ) : null
  }
  return (
    <p class="k-place" role="status">
      <strong>{t('conversations:chat.place', { position: place.position })}</strong>{' '}
      {place.off_hours && place.opens_at
        ? t('conversations:chat.opens_at', { time: time(place.opens_at) })
        : place.estimate_high_seconds === null
          ? t('conversations:chat.estimate_unknown')
          : t('conversations:chat.estimate', {
              low: minutes(place.estimate_low_seconds ?? 0),
              high: minutes(place.estimate_high_seconds),
            })}
    </p>
  )
}

function time(at: string): string {
  return new Intl.DateTimeFormat(i18next.language, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  )
}
