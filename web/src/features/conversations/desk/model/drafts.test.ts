import { describe, expect, it } from 'vitest'
import { chooseDraft, type DraftState, stepDraft } from './drafts'
import { hasSpoken, hearTyping, hearViewing, NOBODY, TYPING_LASTS_MS, VIEWING_LASTS_MS, whoTypes, whoViews } from './presence'
import { localValue, presets, readLocalValue } from './times'

const server = { text: 'server', at: '2026-11-22T02:00:00Z' }
const serverAt = Date.parse(server.at)

describe('which draft', () => {
  it('without unsaved words here the server’s stands', () => {
    expect(chooseDraft(null, server)).toEqual({ text: 'server', other: null, unsaved: false })
    expect(chooseDraft({ text: 'old', at: serverAt + 9, synced: true }, server).text).toBe('server')
    expect(chooseDraft(null, null).text).toBe('')
  })

  it('later words win and the others are offered, on either side', () => {
    expect(chooseDraft({ text: 'here', at: serverAt + 1, synced: false }, server)).toEqual({ text: 'here', other: 'server', unsaved: true })
    expect(chooseDraft({ text: 'here', at: serverAt - 1, synced: false }, server)).toEqual({ text: 'server', other: 'here', unsaved: false })
  })

  it('words that were sent here do not come back from the server', () => {
    expect(chooseDraft({ text: '', at: serverAt + 1, synced: false }, server)).toEqual({ text: '', other: null, unsaved: true })
  })

  it('an empty draft of the server is older than any words', () => {
    expect(chooseDraft({ text: 'here', at: 5, synced: false }, { text: '', at: server.at })).toEqual({ text: 'here', other: null, unsaved: true })
  })
})

describe('the life of a draft', () => {
  const start: DraftState = { text: 'a', saved: 'a', phase: 'clean' }

  it('typing while it is being saved leaves it unsaved', () => {
    const typed = stepDraft(stepDraft(stepDraft(start, { is: 'typed', text: 'ab' }), { is: 'saving' }), { is: 'typed', text: 'abc' })
    expect(stepDraft(typed, { is: 'saved', text: 'ab' })).toEqual({ text: 'abc', saved: 'ab', phase: 'dirty' })
  })

  it('typing back what is saved needs no saving, unless something else is on its way', () => {
    const typed = stepDraft(start, { is: 'typed', text: 'ab' })
    expect(stepDraft(typed, { is: 'typed', text: 'a' }).phase).toBe('clean')
    expect(stepDraft(stepDraft(typed, { is: 'saving' }), { is: 'typed', text: 'a' }).phase).toBe('dirty')
  })
})

describe('passing signs', () => {
  const sign = { tenant: 't', at: '', version: null, conversation: 'c', person: 'p', person_name: 'P', side: 'buyer' as const, on: true }

  it('typing ends by its end, by words, and by itself', () => {
    const typing = hearTyping(NOBODY, sign, 'me', 1_000)
    expect(whoTypes(typing, 2_000)).toEqual(['P'])
    expect(whoTypes(typing, 1_000 + TYPING_LASTS_MS)).toEqual([])
    expect(whoTypes(hearTyping(typing, { ...sign, on: false }, 'me', 2_000), 2_000)).toEqual([])
    expect(whoTypes(hasSpoken(typing, 'p'), 2_000)).toEqual([])
    expect(hasSpoken(typing, null)).toBe(typing)
  })

  it('a colleague looks on until he says otherwise or is not heard of any more', () => {
    const looking = hearViewing(NOBODY, sign, 'me', 1_000)
    expect(whoViews(looking, 40_000)).toEqual(['P'])
    expect(whoViews(looking, 1_000 + VIEWING_LASTS_MS)).toEqual([])
    expect(whoViews(hearViewing(looking, { ...sign, on: false }, 'me', 2_000), 2_000)).toEqual([])
  })

  it('my own signs are not told to me', () => {
    expect(hearTyping(NOBODY, { ...sign, person: 'me' }, 'me', 0)).toBe(NOBODY)
    expect(hearViewing(NOBODY, { ...sign, person: 'me' }, 'me', 0)).toBe(NOBODY)
  })
})

describe('moments ahead', () => {
  it('each lies ahead, whatever the hour and the day', () => {
    for (let hour = 0; hour < 24 * 7; hour += 1) {
      const now = new Date(2026, 10, 16, hour, 59)
      expect(presets(now).every(({ at }) => at > now)).toBe(true)
    }
  })

  it('tonight is offered until the evening, Monday not on Sunday', () => {
    const names = (now: Date) => presets(now).map((each) => each.name)
    expect(names(new Date(2026, 10, 18, 10))).toContain('tonight')
    expect(names(new Date(2026, 10, 18, 19))).not.toContain('tonight')
    expect(names(new Date(2026, 10, 22, 10))).not.toContain('monday')
    expect(names(new Date(2026, 10, 23, 10))).toContain('monday')
  })

  it('the field gives back what it was given; the past is no moment', () => {
    const now = new Date(2026, 10, 22, 9, 5)
    expect(readLocalValue(localValue(new Date(2026, 10, 22, 9, 6)), now)).toEqual(new Date(2026, 10, 22, 9, 6))
    expect(readLocalValue(localValue(now), now)).toBeNull()
    expect(readLocalValue('', now)).toBeNull()
  })
})
