/** How far a parcel is, and what is worth telling of it. Pure. */
import type { Parcel } from './server'

export type ParcelState = 'packed' | 'under_way' | 'signed'

export function parcelState(parcel: Pick<Parcel, 'dispatched_at' | 'signed_at'>): ParcelState {
  if (parcel.signed_at) return 'signed'
  return parcel.dispatched_at ? 'under_way' : 'packed'
}

/** The carrier's log, the newest first; lines without a time keep their place. */
export function latestEvents(parcel: Pick<Parcel, 'events'>, most: number): Parcel['events'] {
  const events = parcel.events.map((event, place) => ({ event, place }))
  const ordered = events.toSorted((a, b) => {
    if (a.event.at && b.event.at && a.event.at !== b.event.at) return Date.parse(b.event.at) - Date.parse(a.event.at)
    return b.place - a.place
  })
  return ordered.slice(0, most).map(({ event }) => event)
}
