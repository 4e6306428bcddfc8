import { describe, expect, it } from 'vitest'
import { readRules } from './rules'

describe('the name of a rulebook', () => {
  it('is its profile and its edition', () => {
    expect(readRules('taobao.0')).toEqual({ profile: 'taobao', edition: 0 })
    expect(readRules('retail.14')).toEqual({ profile: 'retail', edition: 14 })
  })

  it('is nothing else', () => {
    expect(['taobao', 'taobao.', 'taobao.x', 'other.1', 'taobao.1.2', ''].map(readRules)).toEqual([null, null, null, null, null, null])
  })
})
