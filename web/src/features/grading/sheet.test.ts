import { describe, expect, it } from 'vitest'
import { blank, changed, missing, PARTS, STEPS, toggled, versionsOf, wireOf } from './sheet'

describe('a sheet', () => {
  it('is missing everything at first', () => {
    expect(missing(blank)).toHaveLength(12)
  })

  it('reads message numbers however they are typed', () => {
    expect(versionsOf('7, 3；3 10')).toEqual([3, 7, 10])
    expect(versionsOf('0 –')).toEqual([])
  })

  it('takes a message in and out of the evidence', () => {
    const once = toggled(toggled(blank, 'greet', 9), 'greet', 2)
    expect(once.rows.greet.evidence).toBe('2 9')
    expect(toggled(once, 'greet', 9).rows.greet.evidence).toBe('2')
  })

  it('asks for evidence where points are given to a step or taken from a part', () => {
    expect(missing(changed(blank, 'greet', { points: 0 }))).not.toContain('greet')
    expect(missing(changed(blank, 'greet', { points: 1 }))).toContain('greet')
    expect(missing(changed(blank, 'greet', { points: 1, evidence: '4' }))).not.toContain('greet')
    expect(missing(changed(blank, 'tone', { points: 100 }))).not.toContain('tone')
    expect(missing(changed(blank, 'tone', { points: 60 }))).toContain('tone')
    expect(missing(changed(blank, 'tone', { points: null }))).not.toContain('tone')
  })

  it('is sent with every step and part once', () => {
    let draft = blank
    for (const step of STEPS) draft = changed(draft, step, { points: 2, evidence: '1' })
    for (const part of PARTS) draft = changed(draft, part, { points: null })
    expect(missing(draft)).toEqual([])
    const sent = wireOf({ ...draft, redLine: true, remark: 'x' })
    expect(sent.steps.map((one) => one.step)).toEqual([...STEPS])
    expect(sent.parts.every((one) => one.points === null)).toBe(true)
    expect(sent.red_line).toBe(true)
  })
})
