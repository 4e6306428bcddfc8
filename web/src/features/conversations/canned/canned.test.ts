import { describe, expect, it } from 'vitest'
import { piecesOf } from './wire'

describe('the pieces of a prepared answer', () => {
  it('tells words, places, and places nobody can fill apart', () => {
    expect(piecesOf('您好{{ buyer }}，{{sky}}')).toEqual([
      { text: '您好', known: null, place: false },
      { text: '{{ buyer }}', known: 'buyer', place: true },
      { text: '，', known: null, place: false },
      { text: '{{sky}}', known: null, place: true },
    ])
  })

  it('keeps every letter', () => {
    const text = 'a{{order}}{{{{x}} }}'
    expect(piecesOf(text).map((piece) => piece.text).join('')).toBe(text)
  })
})
