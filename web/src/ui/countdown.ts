/** What a countdown says at one instant. */

export interface Deadline {
  /** When it falls due. */
  due: string | number | Date
  /** When the clock was set; with it "soon" begins at the last fifth. */
  set?: string | number | Date | null
  /** When the server warns; wins over `set`. */
  warn?: string | number | Date | null
  /** The clock stands still with this much left. */
  pausedLeftMs?: number | null
}

export type Phase = 'calm' | 'soon' | 'over' | 'paused'

export interface Reading {
  phase: Phase
  /** Whole seconds left, or overdue by; a second that has begun still counts as left. */
  seconds: number
}

/** Calm until a fifth is left: agents look at hundreds of these a day. */
const SOON_SHARE = 0.2

export function readDeadline(deadline: Deadline, now: number): Reading {
  if (deadline.pausedLeftMs != null) {
    return { phase: 'paused', seconds: Math.ceil(Math.max(0, deadline.pausedLeftMs) / 1_000) }
  }
  const due = instant(deadline.due)
  const left = due - now
  if (left <= 0) return { phase: 'over', seconds: Math.floor((now - due) / 1_000) }
  const soonFrom = beginOfSoon(deadline, due)
  return { phase: now >= soonFrom ? 'soon' : 'calm', seconds: Math.ceil(left / 1_000) }
}

function beginOfSoon(deadline: Deadline, due: number): number {
  if (deadline.warn != null) return instant(deadline.warn)
  if (deadline.set == null) return due - 60_000
  const set = instant(deadline.set)
  return due - (due - set) * SOON_SHARE
}

export function instant(value: string | number | Date): number {
  return typeof value === 'number' ? value : new Date(value).getTime()
}
