import { describe, expect, it } from 'vitest'
import { bounds, dayIn } from './period'

describe('a period of days', () => {
  it('begins with its first day and ends with its last', () => {
    const { from, to } = bounds('2031-02-27', '2031-02-28')
    expect(dayIn(from ?? '')).toBe('2031-02-27')
    expect(dayIn(to ?? '')).toBe('2031-03-01')
    expect(new Date(from ?? '').getHours()).toBe(0)
  })

  it('is left to the server when nothing or nonsense was chosen', () => {
    expect(bounds(null, '')).toEqual({ from: null, to: null })
    expect(bounds('2031-13-77', 'soon')).toEqual({ from: null, to: null })
  })
})
