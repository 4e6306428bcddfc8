import { describe, expect, it } from 'vitest'
import { pastMidnight, plan, readCalendar, readSpan, writeCalendar } from './calendar'

const BODY = {
  name: 'desk',
  zone: 'Asia/Shanghai',
  week: { monday: ['09:00-12:00', '13:00-24:00'], friday: ['22:00-26:00'] },
  specials: { '2026-10-01': { hours: [], label: '国庆节' }, '2026-09-27': { hours: ['09:00-18:00'] } },
}

describe('the calendar of the page', () => {
  it('reads ends after midnight as times of the next day', () => {
    expect(readSpan('22:00-26:00')).toEqual({ from: '22:00', to: '02:00' })
    expect(readSpan('13:00-24:00')).toEqual({ from: '13:00', to: '00:00' })
    expect(pastMidnight({ from: '22:00', to: '02:00' })).toBe(true)
    expect(pastMidnight({ from: '09:00', to: '12:00' })).toBe(false)
    expect(readSpan('soon')).toBeNull()
  })

  it('goes out as it came in, in the other spelling', () => {
    const again = writeCalendar(readCalendar(BODY))
    expect(again.week.monday).toEqual(['09:00-12:00', '13:00-00:00'])
    expect(again.week.friday).toEqual(['22:00-02:00'])
    expect(again.week.sunday).toEqual([])
    expect(again.specials).toEqual({ '2026-09-27': { hours: ['09:00-18:00'] }, '2026-10-01': { hours: [], label: '国庆节' } })
    expect(readCalendar({ ...again })).toEqual(readCalendar(BODY))
  })

  it('plans from today in its own zone, holidays before weekdays', () => {
    // 2026-09-30 is a Wednesday; in Shanghai it begins at 16:00 UTC of the day before.
    const days = plan(readCalendar(BODY), Date.parse('2026-09-29T17:00:00Z'), 3)
    expect(days.map((day) => [day.date, day.weekday, day.special, day.hours.length])).toEqual([
      ['2026-09-30', 'wednesday', null, 0],
      ['2026-10-01', 'thursday', '国庆节', 0],
      ['2026-10-02', 'friday', null, 1],
    ])
  })
})
