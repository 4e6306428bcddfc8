/** How long, in words that fit a narrow column. */

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface Duration {
  key: 'duration.clock' | 'duration.hours_minutes' | 'duration.days_hours'
  values: { clock: string } | { hours: number; minutes: number } | { days: number; hours: number }
}

/** 3:12 below an hour, then hours and minutes, then days and hours; `ms` is never negative. */
export function describeDuration(ms: number): Duration {
  const whole = Math.max(0, ms)
  if (whole < HOUR) {
    const minutes = Math.floor(whole / MINUTE)
    const seconds = Math.floor((whole % MINUTE) / SECOND)
    return { key: 'duration.clock', values: { clock: `${minutes}:${String(seconds).padStart(2, '0')}` } }
  }
  if (whole < DAY) {
    return {
      key: 'duration.hours_minutes',
      values: { hours: Math.floor(whole / HOUR), minutes: Math.floor((whole % HOUR) / MINUTE) },
    }
  }
  return {
    key: 'duration.days_hours',
    values: { days: Math.floor(whole / DAY), hours: Math.floor((whole % DAY) / HOUR) },
  }
}
