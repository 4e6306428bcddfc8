/** A draft stays in this browser when one leaves the page; it remembers which wording it was made from. */
import type { Grid } from '../tables'

export interface Kept {
  /** The wording in force when the draft was begun. */
  from: string
  grid: Grid
}

const PREFIX = 'xiaoer.rulebook.draft.'

export function keepDraft(name: string, kept: Kept | null): void {
  try {
    if (kept) localStorage.setItem(PREFIX + name, JSON.stringify(kept))
    else localStorage.removeItem(PREFIX + name)
  } catch {
    // storage is full or forbidden: the draft then lasts as long as the page
  }
}

export function keptDraft(name: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null')
    return isKept(kept) ? kept : null
  } catch {
    return null
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false
  const { from, grid } = value as Partial<Kept>
  return typeof from === 'string' && typeof grid === 'object' && grid !== null && Array.isArray(grid.rows) && Array.isArray(grid.inputs)
}

/** The first midnight (here) after the public notice has run: when a change begins unless one says otherwise. */
export function firstStart(now: Date, noticeDays: number): Date {
  const start = new Date(now)
  start.setDate(start.getDate() + noticeDays + 1)
  start.setHours(0, 0, 0, 0)
  return start
}

/** As a field of kind datetime-local writes it. */
export function localTime(moment: Date): string {
  const two = (figure: number) => String(figure).padStart(2, '0')
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`
}
