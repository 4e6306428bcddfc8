/** A calendar as the page edits it: "HH:MM" at both ends; an end at or before the start lies in the next day. */

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export interface Interval {
  from: string
  to: string
}

export interface SpecialDay {
  date: string
  label: string
  hours: readonly Interval[]
}

export interface CalendarDraft {
  name: string
  zone: string
  week: Readonly<Record<Weekday, readonly Interval[]>>
  specials: readonly SpecialDay[]
}

/** The calendar as it travels: `{"week": {"monday": ["09:00-12:00"]}, "specials": {"2026-10-01": {"hours": []}}}`. */
export interface WireCalendar {
  name: string
  zone: string
  week: Record<string, string[]>
  /** Their shape is open in the server's description: `{hours, label?}`. */
  specials: Record<string, Record<string, never>>
}

export function readCalendar(body: Readonly<Record<string, unknown>>): CalendarDraft {
  const week = record(body.week)
  return {
    name: text(body.name),
    zone: text(body.zone),
    week: Object.fromEntries(WEEKDAYS.map((day) => [day, readHours(week[day])])) as unknown as CalendarDraft['week'],
    specials: Object.entries(record(body.specials))
      .map(([date, entry]) => ({ date, label: text(record(entry).label), hours: readHours(record(entry).hours) }))
      .toSorted((a, b) => a.date.localeCompare(b.date)),
  }
}

export function writeCalendar(draft: CalendarDraft): WireCalendar {
  return {
    name: draft.name,
    zone: draft.zone,
    week: Object.fromEntries(WEEKDAYS.map((day) => [day, draft.week[day].map(spanText)])),
    specials: Object.fromEntries(
      draft.specials.map(({ date, label, hours }) => [date, { hours: hours.map(spanText), ...(label ? { label } : {}) }]),
    ) as unknown as WireCalendar['specials'],
  }
}

/** "22:00-26:00" → 22:00 to 02:00 of the next day. */
export function readSpan(span: string): Interval | null {
  const match = /^(\d{2}):(\d{2})[-–](\d{2}):(\d{2})$/.exec(span)
  if (!match) return null
  const [, h1 = '', m1 = '', h2 = '', m2 = ''] = match
  return { from: `${h1}:${m1}`, to: `${String(Number(h2) % 24).padStart(2, '0')}:${m2}` }
}

export function spanText({ from, to }: Interval): string {
  return `${from}-${to}`
}

/** Ends on the day after it began. */
export function pastMidnight({ from, to }: Interval): boolean {
  return to <= from
}

/** From one midnight to the next. */
export function wholeDay({ from, to }: Interval): boolean {
  return from === '00:00' && (to === '00:00' || to === '24:00')
}

export interface DayPlan {
  date: string
  weekday: Weekday
  /** The label of a holiday or make-up day; null on ordinary days. */
  special: string | null
  hours: readonly Interval[]
}

/** What holds on each of the coming days, from today in the calendar's own zone. */
export function plan(draft: CalendarDraft, now: number, days: number): DayPlan[] {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: draft.zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
  const start = Date.parse(`${today}T00:00:00Z`)
  return Array.from({ length: days }, (_, n) => {
    const day = new Date(start + n * 86_400_000)
    const date = day.toISOString().slice(0, 10)
    const weekday = WEEKDAYS[(day.getUTCDay() + 6) % 7] ?? 'monday'
    const special = draft.specials.find((one) => one.date === date)
    return { date, weekday, special: special ? special.label : null, hours: special ? special.hours : draft.week[weekday] }
  })
}

function readHours(value: unknown): Interval[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((span) => (typeof span === 'string' ? (readSpan(span) ?? []) : []))
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
