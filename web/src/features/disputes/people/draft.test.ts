import { describe, expect, it } from 'vitest'
import type { Draft } from '../parts/wire'
import { editedFrom, type Known, notProved, wishOf } from './draft'

const draft = {
  wish: {
    issues: [{ issue: 'i1', outcome: 'refund', favour: 'claimant', amount_minor: 12_800, text: '' }],
    facts_found: ['买家未提供照片'],
    used: ['e1'],
    refused: [{ exhibit: 'e2', why: '逾期' }],
    text: '依据如下',
  },
  rows: [],
  words: [],
} as unknown as Draft
const known: Known = { currency: 'CNY', exhibits: [{ id: 'e1' }, { id: 'e2' }], respondent: { kind: 'shop', id: 's1' } }

describe('a ruling on its way', () => {
  it('comes back as it was drafted', () => {
    expect(wishOf(editedFrom(draft, 'CNY'), known)).toEqual({
      issues: [{ issue: 'i1', outcome: 'refund', favour: 'claimant', amount_minor: 12_800, text: '' }],
      facts_found: ['买家未提供照片'],
      used: ['e1'],
      refused: [{ exhibit: 'e2', why: '逾期' }],
      money: [],
      text: '依据如下',
    })
  })

  it('waits for a sum where money is ruled', () => {
    const edited = editedFrom(draft, 'CNY')
    const [issue] = edited.issues
    expect(issue).toBeDefined()
    for (const amount of ['', '0', 'abc', '-1']) {
      expect(wishOf({ ...edited, issues: edited.issues.map((one) => Object.assign({}, one, { amount })) }, known)).toBeNull()
    }
  })

  it('waits for a reason for every evidence that is not used, and for facts and words', () => {
    const edited = editedFrom(draft, 'CNY')
    expect(wishOf({ ...edited, unused: { e1: ' ' } }, known)).toBeNull()
    expect(wishOf({ ...edited, facts: ' \n ' }, known)).toBeNull()
    expect(wishOf({ ...edited, text: ' ' }, known)).toBeNull()
  })

  it('says that there is not enough evidence without a sum', () => {
    const wish = wishOf(notProved(editedFrom(draft, 'CNY')), known)
    expect(wish?.issues).toEqual([{ issue: 'i1', outcome: 'not_proved', favour: 'none', amount_minor: null, text: '' }])
  })

  it('penalises the respondent, never the marketplace', () => {
    const edited = { ...editedFrom(draft, 'CNY'), offence: 'abuse' as const, grade: 'serious' as const }
    expect(wishOf(edited, known)?.penalty).toEqual({ subject_kind: 'shop', subject: 's1', offence: 'abuse', grade: 'serious' })
    expect(wishOf(edited, { ...known, respondent: { kind: 'marketplace', id: 'm' } })?.penalty).toBeUndefined()
  })
})
