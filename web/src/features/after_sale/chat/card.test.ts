import { describe, expect, it } from 'vitest'
import { caseOf, isNewest } from './card'

const card = (id: string, case_version: number) => ({ card: { kind: 'case', id, case_version, state: 'asked_money' } })

describe('cards of cases', () => {
  it('reads only cards of cases', () => {
    expect(caseOf(card('a', 1))?.id).toBe('a')
    expect(caseOf({ card: { kind: 'order', id: 'a' } })).toBeNull()
    expect(caseOf({})).toBeNull()
  })
  it('lets only the newest of a case live', () => {
    const bodies = [card('a', 1), {}, card('b', 9), card('a', 2)]
    const [old, young] = [caseOf(card('a', 1)), caseOf(card('a', 2))]
    expect(old && isNewest(old, bodies)).toBe(false)
    expect(young && isNewest(young, bodies)).toBe(true)
  })
})
