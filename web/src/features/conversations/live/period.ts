/** Days as the date fields give them, and moments as the server takes them. */

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** From the first moment of the first day to the first after the last day, here; null is the server's choice. */
export function bounds(from: string | null, to: string | null): { from: string | null; to: string | null } {
  return { from: midnight(from, 0), to: midnight(to, 1) }
}

/** The day here in which a moment lies. */
export function dayIn(moment: string): string {
  const at = new Date(moment)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

function midnight(day: string | null, later: number): string | null {
  if (!day || !DAY.test(day)) return null
  const at = new Date(`${day}T00:00:00`)
  if (Number.isNaN(at.getTime())) return null
  at.setDate(at.getDate() + later)
  return at.toISOString()
}
