import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MapStorage } from '@/testing/storage'
import { forgetAll, keep, readKept } from './kept'

describe('what was typed and not sent', () => {
  beforeEach(() => {
    vi.stubGlobal('sessionStorage', new MapStorage())
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('is there again after a reload, and gone when it was sent', () => {
    keep('chat.1', { text: '写到一半' })
    expect(readKept('chat.1')).toEqual({ text: '写到一半' })
    keep('chat.1', null)
    expect(readKept('chat.1')).toBeNull()
  })

  it('goes when its writer signs out; what others keep stays', () => {
    sessionStorage.setItem('other', 'stays')
    keep('chat.1', { text: 'a' })
    keep('wish.2', { reason: 'b' })
    forgetAll()
    expect([readKept('chat.1'), readKept('wish.2'), sessionStorage.getItem('other')]).toEqual([null, null, 'stays'])
  })

  it('is nothing where it cannot be kept or read', () => {
    sessionStorage.setItem('xiaoer.odd', '{')
    expect(readKept('odd')).toBeNull()
    vi.stubGlobal('sessionStorage', undefined)
    keep('chat.1', { text: 'a' })
    forgetAll()
    expect(readKept('chat.1')).toBeNull()
  })
})
