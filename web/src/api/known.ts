/** Events by their names: a switch over them that forgets one does not compile. */
import { EVENT_NAMES, type EventBodies } from './events'

export type EventName = keyof EventBodies

export type KnownEvent = {
  [Name in EventName]: { name: Name; version: number | null; body: EventBodies[Name] }
}[EventName]

const NAMES: ReadonlySet<string> = new Set(EVENT_NAMES)

/** An event of the socket with its type; null when this page is older than the server. */
export function knownEvent(event: { name: string; version: number | null; body: unknown }): KnownEvent | null {
  return NAMES.has(event.name) ? (event as KnownEvent) : null
}

/** The last branch of a switch over events: compiles only when nothing is left. */
export function nothingElse(event: never): void {
  void event
}
