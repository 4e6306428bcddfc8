import { describe, expect, it } from 'vitest'
import { combinationText, type KeyPress, matches } from './keys'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held,
})

describe('key combinations', () => {
  it('mod is Ctrl, and ⌘ on a Mac', () => {
    expect(matches(press('k', { ctrlKey: true }), 'mod+k', false)).toBe(true)
    expect(matches(press('k', { metaKey: true }), 'mod+k', true)).toBe(true)
    expect(matches(press('k', { ctrlKey: true }), 'mod+k', true)).toBe(false)
    expect(matches(press('k'), 'mod+k', false)).toBe(false)
  })

  it('held keys must be the ones asked for', () => {
    expect(matches(press('1', { ctrlKey: true }), '1', false)).toBe(false)
    expect(matches(press('K', { shiftKey: true }), 'k', false)).toBe(false)
    expect(matches(press('Enter', { shiftKey: true }), 'shift+enter', false)).toBe(true)
    expect(matches(press('n', { altKey: true }), 'alt+n', false)).toBe(true)
  })

  it('⌥ with a letter is known by its place on a Mac, where it writes another sign', () => {
    expect(matches(press('ß', { altKey: true, code: 'KeyS' }), 'alt+s', true)).toBe(true)
    expect(matches(press('ß', { altKey: true, code: 'KeyS' }), 'alt+t', true)).toBe(false)
    expect(matches(press('ArrowDown', { altKey: true, code: 'ArrowDown' }), 'alt+arrowdown', true)).toBe(true)
  })

  it('signs are found wherever the keyboard has them', () => {
    expect(matches(press('?', { shiftKey: true }), '?', false)).toBe(true)
    expect(matches(press('?'), '?', false)).toBe(true)
    expect(matches(press('+', { ctrlKey: true, shiftKey: true }), 'mod++', false)).toBe(true)
  })

  it('are written as people know them', () => {
    expect(combinationText('mod+k', true)).toBe('⌘K')
    expect(combinationText('mod+shift+enter', false)).toBe('Ctrl+Shift+Enter')
    expect(combinationText('?', false)).toBe('?')
  })
})
