import { describe, expect, it } from 'vitest'
import { absoluteTime, clockTime, dayOf, relativeTime } from './time'

const AT = Date.UTC(2026, 10, 22, 2, 0, 0)
const MINUTE = 60_000

describe('times for people', () => {
  it('are just now, then minutes, then hours, then a date', () => {
    const text = (ago: number) => relativeTime(AT - ago, AT, 'zh-Hans', 'Asia/Shanghai')
    expect(text(10_000)).toBeNull()
    expect(text(3 * MINUTE)).toBe('3分钟前')
    expect(text(5 * 60 * MINUTE)).toBe('5小时前')
    expect(text(26 * 60 * MINUTE)).toBe('11/21 08:00')
  })

  it('look forward too, and name the year when it is another', () => {
    expect(relativeTime(AT + 2 * MINUTE, AT, 'en')).toBe('in 2 min.')
    expect(relativeTime(Date.UTC(2024, 0, 5), AT, 'en', 'UTC')).toContain('2024')
  })

  it('name the zone of the business where it is not the reader’s', () => {
    const foreign = Intl.DateTimeFormat().resolvedOptions().timeZone === 'Asia/Tokyo' ? 'Europe/Madrid' : 'Asia/Tokyo'
    expect(absoluteTime(AT, 'en', foreign)).toMatch(/GMT|JST|CET/)
    expect(absoluteTime(AT, 'en', Intl.DateTimeFormat().resolvedOptions().timeZone)).not.toMatch(/GMT|JST|CET/)
  })

  it('count days by the zone of the business', () => {
    expect(dayOf(AT - 10 * 60 * MINUTE, 'UTC')).toBe('2026-11-21')
    expect(dayOf(AT - 10 * 60 * MINUTE, 'Asia/Shanghai')).toBe('2026-11-22')
    expect(clockTime(Date.UTC(2026, 10, 21, 16, 0), 'zh-Hans', 'Asia/Shanghai')).toBe('00:00')
  })
})
