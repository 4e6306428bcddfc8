/** Which top-ups may still be taken back. Pure. */
import type { StatementLine } from '../wire'

/** The postings that a shown line takes back. */
export function reversedOf(lines: readonly Pick<StatementLine, 'reverses'>[]): ReadonlySet<string> {
  return new Set(lines.flatMap(({ reverses }) => (reverses ? [reverses] : [])))
}

export function mayReverse(line: Pick<StatementLine, 'reason' | 'posting' | 'reverses'>, undone: ReadonlySet<string>): boolean {
  return line.reason === 'top_up' && line.reverses === null && !undone.has(line.posting)
}
