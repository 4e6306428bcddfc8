/** Moments one may choose to be reminded or to send at. Pure, in the reader's own time. */

export interface Preset {
  name: 'in_minutes' | 'in_hours' | 'tonight' | 'tomorrow' | 'monday'
  count: number
  at: Date
}

const MINUTE = 60_000

export function presets(now: Date): Preset[] {
  const found: Preset[] = [
    { name: 'in_minutes', count: 30, at: new Date(now.getTime() + 30 * MINUTE) },
    { name: 'in_hours', count: 3, at: new Date(now.getTime() + 180 * MINUTE) },
  ]
  if (now.getHours() < 18) found.push({ name: 'tonight', count: 20, at: atHour(now, 0, 20) })
  found.push({ name: 'tomorrow', count: 9, at: atHour(now, 1, 9) })
  const toMonday = (8 - now.getDay()) % 7 || 7
  if (toMonday > 1) found.push({ name: 'monday', count: 9, at: atHour(now, toMonday, 9) })
  return found
}

function atHour(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
}

/** For `<input type="datetime-local">`: `2026-11-22T09:30` in the reader's own time. */
export function localValue(at: Date): string {
  const two = (figure: number) => String(figure).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What was typed there, if it lies ahead. */
export function readLocalValue(value: string, now: Date): Date | null {
  const at = new Date(value)
  return Number.isNaN(at.getTime()) || at <= now ? null : at
}
