/** Who types and who looks on in the conversation that is open. */
import { useCallback, useState } from 'react'
import { useNow, useServerNow } from '@/ui/serverClock'
import { hasSpoken, hearTyping, hearViewing, NOBODY, type Presence, whoTypes, whoViews } from '../model/presence'
import type { Entry, Typing, Viewing } from '../wire'
import { useDesk } from './deskStore'

export function usePresence() {
  const { me } = useDesk()
  const now = useServerNow()
  const [presence, setPresence] = useState<Presence>(NOBODY)
  const onTyping = useCallback((sign: Typing) => setPresence((before) => hearTyping(before, sign, me, now())), [me, now])
  const onViewing = useCallback((sign: Viewing) => setPresence((before) => hearViewing(before, sign, me, now())), [me, now])
  const onSpoken = useCallback((entry: Entry) => setPresence((before) => hasSpoken(before, entry.person_id)), [])
  return { presence, onTyping, onViewing, onSpoken }
}

/** Names of those who are typing now; empties by itself when their signs stop. */
export function useWhoTypes(presence: Presence): string[] {
  return whoTypes(presence, useNow(1_000))
}

/** Names of colleagues who look on now. */
export function useWhoViews(presence: Presence): string[] {
  return whoViews(presence, useNow(5_000))
}
