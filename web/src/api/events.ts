/**
 * What happens on topics, written by hand in the shape that `npm run types` generates from docs/api/events.json;
 * the generated file takes the place of this one.
 */
import type { DeskEntry, Entry, Place, Summary } from './wire'

export interface EventBodies {
  'conversations.entry_added': { entry: Entry }
  'conversations.desk_entry_added': { entry: DeskEntry }
  'conversations.conversation_changed': Partial<Summary> & { id: string }
  'conversations.conversation_opened': { conversation_id: string; shop_id: string }
  'conversations.seen': { conversation_id: string; side: 'shop' | 'buyer'; version: number }
  'conversations.delivered': { conversation_id: string; side: 'shop' | 'buyer'; version: number }
  'conversations.typing': { conversation_id: string; person_id: string; name: string; on: boolean }
  'conversations.viewing': { conversation_id: string; person_id: string; name: string; on: boolean }
  'conversations.place_changed': { conversation_id: string; place: Place | null }
  'conversations.breached': { conversation_id: string; clock: string; due_at: string }
  'conversations.mentioned': { conversation_id: string; person_id: string; version: number }
  'conversations.assigned': { conversation_id: string; shop_id: string; person_id: string }
  'routing.agent_changed': { person_id: string; state: string; load: number; capacity: number }
}

export const EVENT_NAMES = [
  'conversations.entry_added',
  'conversations.desk_entry_added',
  'conversations.conversation_changed',
  'conversations.conversation_opened',
  'conversations.seen',
  'conversations.delivered',
  'conversations.typing',
  'conversations.viewing',
  'conversations.place_changed',
  'conversations.breached',
  'conversations.mentioned',
  'conversations.assigned',
  'routing.agent_changed',
] as const satisfies readonly (keyof EventBodies)[]
