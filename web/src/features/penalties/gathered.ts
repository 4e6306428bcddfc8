/** Which measures are told together: those of one penalty that stand alike and end together. */
import type { Measure } from './wire'

export type Together = [Measure, ...Measure[]]

export function gathered(measures: readonly Measure[]): Together[] {
  const found = new Map<string, Together>()
  for (const one of measures) {
    const key = [one.source_id, one.state, one.ends_at, one.statement.row].join(' ')
    const known = found.get(key)
    if (known) known.push(one)
    else found.set(key, [one])
  }
  return [...found.values()]
}
