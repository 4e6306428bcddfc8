import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useConnection, useRealtime } from '@/realtime/react'
import { type At, getConversation, listEntries, listStaffLines } from '../server'
import { useDesk } from './deskStore'
import { type TimelineDoors, TimelineSession, type TimelineSigns, type TimelineView } from './timelineSession'

const DOORS: TimelineDoors = { summary: getConversation, entries: listEntries, staffLines: listStaffLines }

/** The timeline of one conversation, loaded and followed while it is shown. */
export function useTimeline({ shop, conversation }: At, signs: TimelineSigns): { session: TimelineSession; view: TimelineView } {
  const store = useDesk()
  const realtime = useRealtime()
  const session = useMemo(
    () =>
      new TimelineSession({ shop, conversation }, DOORS, realtime, {
        onSummary: (summary) => store.put([summary]),
        onDoubt: (id) => store.doubt([id]),
      }),
    [shop, conversation, realtime, store],
  )
  useEffect(() => session.tell(signs))
  useEffect(() => session.start(), [session])
  const { phase } = useConnection()
  useEffect(() => {
    // What could not be loaded while the server was away is loaded when it is back.
    if (phase === 'ready' && session.view.get().error?.kind === 'unavailable') void session.load()
  }, [phase, session])
  const view = useSyncExternalStore(session.view.watch, session.view.get)
  return { session, view }
}
