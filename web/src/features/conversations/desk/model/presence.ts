/** Who is typing and who looks on: passing signs. Pure. */
import type { Typing, Viewing } from '../wire'

export interface Presence {
  /** person → name and when it was last said, milliseconds. */
  typing: ReadonlyMap<string, { name: string; side: Typing['side']; at: number }>
  viewing: ReadonlyMap<string, { name: string; at: number }>
}

export const NOBODY: Presence = { typing: new Map(), viewing: new Map() }

/** A sign that was not renewed within this time is over: its end may have been lost. */
export const TYPING_LASTS_MS = 7_000
/** Looking is said again every 20 s. */
export const VIEWING_LASTS_MS = 50_000

export function hearTyping(presence: Presence, sign: Typing, me: string, at: number): Presence {
  if (sign.person === me) return presence
  const typing = new Map(presence.typing)
  if (sign.on) typing.set(sign.person, { name: sign.person_name, side: sign.side, at })
  else typing.delete(sign.person)
  return { ...presence, typing }
}

export function hearViewing(presence: Presence, sign: Viewing, me: string, at: number): Presence {
  if (sign.person === me) return presence
  const viewing = new Map(presence.viewing)
  if (sign.on) viewing.set(sign.person, { name: sign.person_name, at })
  else viewing.delete(sign.person)
  return { ...presence, viewing }
}

/** Whoever has spoken is not typing any more. */
export function hasSpoken(presence: Presence, person: string | null): Presence {
  if (person === null || !presence.typing.has(person)) return presence
  const typing = new Map(presence.typing)
  typing.delete(person)
  return { ...presence, typing }
}

export function whoTypes(presence: Presence, now: number): string[] {
  return [...presence.typing.values()].filter(({ at }) => now - at < TYPING_LASTS_MS).map(({ name }) => name)
}

export function whoViews(presence: Presence, now: number): string[] {
  return [...presence.viewing.values()].filter(({ at }) => now - at < VIEWING_LASTS_MS).map(({ name }) => name)
}
