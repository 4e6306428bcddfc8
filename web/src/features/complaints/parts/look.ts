/** How a complaint looks, and whose turn it is for the one who looks. */
import type { Tone } from '@/ui/theme'
import type { Entry, Line } from './wire'

export type Turn = 'mine' | 'complainant' | 'accused' | 'people' | 'over'
type Standing = Pick<Line, 'state' | 'turn' | 'side' | 'closed_at'>

/** Who must act now, as the viewer would say it. */
export function turnFor(line: Standing): Turn {
  if (line.closed_at !== null || line.turn === null) return 'over'
  if (line.turn === line.side) return 'mine'
  return line.turn as 'complainant' | 'accused' | 'people'
}

/** Green where it ended well for both, red where it was upheld or refused, accent where one must act oneself. */
export function toneOf(line: Standing): Tone {
  if (line.state === 'apology_accepted' || line.state === 'settled' || line.state === 'withdrawn') return 'settled'
  if (line.state === 'upheld' || line.state === 'refused') return 'breach'
  return turnFor(line) === 'mine' ? 'accent' : 'waiting'
}

/** Which messages stand between two chosen ones; one alone is a stretch of one. */
export interface Stretch {
  first: number | null
  last: number | null
}

export const NO_STRETCH: Stretch = { first: null, last: null }

/** A click chooses the first message, then the last; a third begins anew. Either order will do. */
export function chosen({ first, last }: Stretch, version: number): Stretch {
  if (first === null || last !== null) return { first: version, last: null }
  return version < first ? { first: version, last: first } : { first, last: version }
}

export function within({ first, last }: Stretch, version: number): boolean {
  if (first === null) return false
  return last === null ? version === first : version >= first && version <= last
}

/** How many messages a stretch holds: versions have no gaps. */
export function lengthOf({ first, last }: Stretch): number {
  if (first === null) return 0
  return last === null ? 1 : last - first + 1
}

/** Older pages stand before newer ones, each message once. */
export function merged(have: readonly Entry[], more: readonly Entry[]): Entry[] {
  const known = new Map([...more, ...have].map((entry) => [entry.version, entry]))
  return [...known.values()].toSorted((one, other) => one.version - other.version)
}
