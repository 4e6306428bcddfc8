import { describe, expect, it } from 'vitest'
import { gradesOf, numbersOf } from './offences'

describe('what an officer chooses from', () => {
  it('lets abuse come to nothing, and other violations be minor', () => {
    expect(gradesOf('abuse')).toContain('withdrawn')
    expect(gradesOf('abuse')).not.toContain('minor')
    expect(gradesOf('fake_goods')).toContain('minor')
  })
  it('reads evidence numbers apart, each once', () => {
    expect(numbersOf(' E-1，E-2, E-1\nE-3 ')).toEqual(['E-1', 'E-2', 'E-3'])
    expect(numbersOf('  ')).toEqual([])
  })
})
