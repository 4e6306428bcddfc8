/** How long to wait before trying again: doubling, capped, with half of it left to chance. */

export interface Backoff {
  firstMs: number
  longestMs: number
}

/** For the socket. */
export const RECONNECT: Backoff = { firstMs: 400, longestMs: 20_000 }
/** For a message that was not taken, and for a fetch that failed. */
export const REPEAT: Backoff = { firstMs: 500, longestMs: 30_000 }

/** `attempt` counts from 1; `chance` is in [0, 1), so that a thousand pages do not return in one instant. */
export function waitMs(attempt: number, { firstMs, longestMs }: Backoff, chance: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 20))
  return Math.round(full / 2 + (full / 2) * chance)
}
