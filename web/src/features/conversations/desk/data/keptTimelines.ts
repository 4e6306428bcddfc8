/** The timelines looked at last, so that going back to one shows it at once; its topics bring what was missed. */
import type { Timeline } from '../model/timeline'
import { isAttached } from '../model/timeline'

const MOST = 30
const kept = new Map<string, Timeline>()

export function keptTimeline(conversation: string): Timeline | null {
  return kept.get(conversation) ?? null
}

/** Only what reaches the newest entry is worth returning to. */
export function keepTimeline(conversation: string, timeline: Timeline): void {
  kept.delete(conversation)
  if (!isAttached(timeline) || timeline.entries.length === 0) return
  kept.set(conversation, timeline)
  const oldest = kept.keys().next()
  if (kept.size > MOST && !oldest.done) kept.delete(oldest.value)
}
