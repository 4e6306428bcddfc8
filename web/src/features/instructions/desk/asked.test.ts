import { describe, expect, it } from 'vitest'
import { partsOf } from '../address'
import { changeDeeds, cleanAddress, newItems } from './asked'

describe('changes of an order', () => {
  it('are drawn from what the server allows, without those that belong to cases', () => {
    const changes = [
      { kind: 'cancel', possible: true, code: null, row: null },
      { kind: 'address', possible: false, code: 'instructions.already_sent', row: 'C2' },
      { kind: 'return_requested', possible: true, code: null, row: null },
    ] as const
    expect(changeDeeds({ changes: [...changes] })).toEqual([
      { deed: 'cancel', allowed: true, code: null },
      { deed: 'address', allowed: false, code: 'instructions.already_sent' },
    ])
  })

  it('can give an address to an order that has none', () => {
    expect(partsOf({})).toContain('text')
    expect(partsOf({ recipient: '王小明' })).toEqual(['recipient'])
  })

  it('leave out what was not filled in', () => {
    expect(cleanAddress({ name: ' 王小明 ', phone: '', text: undefined })).toEqual({ name: '王小明' })
    expect(newItems({ a: 'v1', b: null, c: undefined })).toEqual([{ item: 'a', new_variant: 'v1' }])
  })
})
