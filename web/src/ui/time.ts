/** Times for people: relative within a day, absolute otherwise and on hover. */

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** null = "just now", which is a word of the catalogue; otherwise the ready text. */
export function relativeTime(at: number, now: number, language: string, zone?: string): string | null {
  const distance = at - now
  const size = Math.abs(distance)
  if (size < 45 * SECOND) return null
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' })
  if (size < HOUR) return format.format(Math.round(distance / MINUTE), 'minute')
  if (size < DAY) return format.format(Math.round(distance / HOUR), 'hour')
  return shortTime(at, now, language, zone)
}

/** A day of this year without its year; the hour and minute always. */
export function shortTime(at: number, now: number, language: string, zone?: string): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(language, {
    ...(sameYear ? {} : { year: 'numeric' as const }),
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(zone ? { timeZone: zone } : {}),
  }).format(at)
}

/** The full time; the zone is named when it is not the reader's own. */
export function absoluteTime(at: number, language: string, zone?: string): string {
  const foreign = zone !== undefined && zone !== readersZone()
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(zone ? { timeZone: zone } : {}),
    ...(foreign ? { timeZoneName: 'short' as const } : {}),
  }).format(at)
}

/** The hour and minute, for lines under a day separator. */
export function clockTime(at: number, language: string, zone?: string): string {
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(zone ? { timeZone: zone } : {}),
  }).format(at)
}

/** The day, for separators; `YYYY-MM-DD` in the zone identifies it. */
export function dayOf(at: number, zone?: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(zone ? { timeZone: zone } : {}),
  }).format(at)
}

export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
