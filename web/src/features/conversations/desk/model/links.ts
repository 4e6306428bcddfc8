/** Addresses in words, so that they can be followed. Pure. */

export interface LinkPiece {
  text: string
  /** Where the piece begins in the whole text. */
  from: number
  href: string | null
}

/** Only web addresses that say so; signs that end a sentence do not belong to them. */
const ADDRESS = /https?:\/\/[\w.-]+(?::\d+)?(?:[/?#][\w\-./?%&=+#~:@!$'()*,;]*)?/gi
const ENDS = /[.,;:!?'")\]]+$/

export function cutLinks(text: string): LinkPiece[] {
  const pieces: LinkPiece[] = []
  let done = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(ENDS, '')
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), from: done, href: null })
    pieces.push({ text: address, from: match.index, href: address })
    done = match.index + address.length
  }
  if (done < text.length) pieces.push({ text: text.slice(done), from: done, href: null })
  return pieces
}
