/** Where sought words stand in an excerpt, each of them, without regard to case and width. Pure. */

export interface FoundPiece {
  text: string
  from: number
  found: boolean
}

export function cutFound(excerpt: string, words: string): FoundPiece[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean)
  const hay = fold(excerpt)
  // Folding that changes the length would shift the places: then nothing is marked.
  if (wanted.length === 0 || hay.length !== excerpt.length) return [{ text: excerpt, from: 0, found: false }]
  const marked = new Set<number>()
  for (const word of wanted) {
    for (let at = hay.indexOf(word); at >= 0; at = hay.indexOf(word, at + 1)) {
      for (let place = at; place < at + word.length; place++) marked.add(place)
    }
  }
  const pieces: FoundPiece[] = []
  for (let from = 0, to = 0; from < excerpt.length; from = to) {
    const found = marked.has(from)
    while (to < excerpt.length && marked.has(to) === found) to++
    pieces.push({ text: excerpt.slice(from, to), from, found })
  }
  return pieces
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
