/** Where sought words stand in an excerpt, without regard to case and width. Pure. */

export interface FoundPiece {
  text: string
  from: number
  found: boolean
}

export function cutFound(excerpt: string, words: string): FoundPiece[] {
  const wanted = fold(words.trim())
  const hay = fold(excerpt)
  // Folding that changes the length would shift the places: then nothing is marked.
  if (wanted === '' || hay.length !== excerpt.length) return [{ text: excerpt, from: 0, found: false }]
  const pieces: FoundPiece[] = []
  let done = 0
  for (let at = hay.indexOf(wanted); at >= 0; at = hay.indexOf(wanted, done)) {
    if (at > done) pieces.push({ text: excerpt.slice(done, at), from: done, found: false })
    done = at + wanted.length
    pieces.push({ text: excerpt.slice(at, done), from: at, found: true })
  }
  if (done < excerpt.length) pieces.push({ text: excerpt.slice(done), from: done, found: false })
  return pieces
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
