/** Who is named in a note: `@name`, the longest name that fits. Pure. */
import type { Person } from '../wire'

export function mentionsIn(text: string, people: readonly Person[]): string[] {
  const byLength = people.filter((person) => person.name !== '').toSorted((a, b) => b.name.length - a.name.length)
  const named = new Set<string>()
  for (const match of text.matchAll(/[@＠]/g)) {
    const rest = text.slice(match.index + 1)
    const person = byLength.find(({ name }) => rest.startsWith(name))
    if (person) named.add(person.id)
  }
  return [...named]
}

export type Piece = { text: string; named: boolean }

/** The text of a note cut so that names can stand out. */
export function cutMentions(text: string, names: readonly string[]): Piece[] {
  const byLength = names.filter((name) => name !== '').toSorted((a, b) => b.length - a.length)
  const pieces: Piece[] = []
  let done = 0
  for (const match of text.matchAll(/[@＠]/g)) {
    if (match.index < done) continue
    const name = byLength.find((each) => text.startsWith(each, match.index + 1))
    if (name === undefined) continue
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), named: false })
    done = match.index + 1 + name.length
    pieces.push({ text: text.slice(match.index, done), named: true })
  }
  if (done < text.length) pieces.push({ text: text.slice(done), named: false })
  return pieces
}
