/** Figures of ratings: sums from the server become means and shares here, for the eye only. */
import type { AgentFigures } from './wire'

/** Mean stars, or null where nobody rated. */
export function meanStars(one: Pick<AgentFigures, 'ratings' | 'stars'>): number | null {
  return one.ratings === 0 ? null : one.stars / one.ratings
}

/** Whole percent of a part, or null of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 100)
}
