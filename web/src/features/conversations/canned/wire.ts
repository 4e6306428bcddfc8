import type { Answer } from '@/api'

export type Canned = Answer<'/api/v1/shops/{shop}/canned', 'get'>['data'][number]

/** What a prepared answer may ask for, written `{{buyer}}`. */
export const VARIABLES = ['buyer', 'agent', 'shop', 'order', 'product', 'amount', 'carrier', 'tracking', 'state'] as const
export type Variable = (typeof VARIABLES)[number]

/** The pieces of a text: words as they are, and places to be filled; `known` is null for a place nobody can fill. */
export function piecesOf(text: string): { text: string; known: Variable | null; place: boolean }[] {
  return text.split(/(\{\{\s*[a-z_]+\s*\}\})/).flatMap((piece) => {
    if (piece === '') return []
    const name = /^\{\{\s*([a-z_]+)\s*\}\}$/.exec(piece)?.[1]
    return [{ text: piece, known: VARIABLES.find((one) => one === name) ?? null, place: name !== undefined }]
  })
}
