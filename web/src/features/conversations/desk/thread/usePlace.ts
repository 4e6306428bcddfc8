/** Where one stands in a timeline: at its end and following it, or elsewhere and left alone. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualListHandle } from '@/ui/VirtualList'
import type { TimelineSession, TimelineView } from '../data/timelineSession'
import type { Line } from '../model/lines'
import { isAttached } from '../model/timeline'

export interface PlaceOptions {
  boxRef: RefObject<HTMLDivElement | null>
  listRef: RefObject<VirtualListHandle | null>
  session: TimelineSession
  view: TimelineView
  lines: readonly Line[]
  /** A message to show. */
  at: number | null
}

const MARKED_MS = 2_500
/** So far from the end still counts as there. */
const NEAR_PX = 24

export function usePlace({ boxRef, listRef, session, view, lines, at }: PlaceOptions) {
  const follow = useFollowing(boxRef, listRef, lines)
  const { marked, show } = useShown(session, view.ready, listRef, lines, at, follow.stop)
  const attached = isAttached(view.timeline)
  return {
    marked,
    show,
    away: follow.away || !attached,
    onScroll: follow.onScroll,
    toEnd: () => {
      if (attached) follow.start()
      else void session.toEnd().then(follow.start)
    },
  }
}

/** Stays at the end while new lines come and the room changes; whoever scrolls up is left where he is. */
function useFollowing(boxRef: RefObject<HTMLDivElement | null>, listRef: RefObject<VirtualListHandle | null>, lines: readonly Line[]) {
  const [away, setAway] = useState(false)
  const last = lines.at(-1)
  const mine = last?.is === 'held' || last?.is === 'echo' ? last.key : null
  const [shownMine, setShownMine] = useState(mine)
  if (mine !== shownMine) {
    setShownMine(mine)
    // What one writes oneself is always shown.
    if (mine !== null) setAway(false)
  }
  const following = useRef(true)
  const top = useRef(0)
  useLayoutEffect(() => {
    following.current = !away
  }, [away])
  const toEnd = useCallback(() => {
    listRef.current?.scrollToEnd()
    // Once more when the new lines have been measured.
    requestAnimationFrame(() => {
      if (following.current) listRef.current?.scrollToEnd()
    })
  }, [listRef])
  useLayoutEffect(() => {
    if (!away && lines.length > 0) toEnd()
  }, [lines, away, toEnd])
  useEffect(() => {
    const element = boxRef.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (following.current) toEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [boxRef, toEnd])
  return {
    away,
    start: () => {
      setAway(false)
      toEnd()
    },
    stop: useCallback(() => setAway(true), []),
    onScroll: (event: { target: EventTarget }) => {
      const { scrollTop, scrollHeight, clientHeight } = event.target as HTMLElement
      if (scrollHeight - scrollTop - clientHeight < NEAR_PX) setAway(false)
      else if (scrollTop < top.current - 1) setAway(true)
      top.current = scrollTop
    },
  }
}

/** Shows one message: from an address, a search, a quote. */
function useShown(
  session: TimelineSession,
  ready: boolean,
  listRef: RefObject<VirtualListHandle | null>,
  lines: readonly Line[],
  at: number | null,
  leaveEnd: () => void,
) {
  const [marked, setMarked] = useState<number | null>(null)
  const shown = useRef<number | null>(null)
  const { jumpTo } = session
  const show = useCallback(
    (version: number) => {
      leaveEnd()
      jumpTo(version).then(
        () => setMarked(version),
        () => {}, // the timeline stays where it is
      )
    },
    [jumpTo, leaveEnd],
  )
  useEffect(() => {
    if (at === null || !ready || shown.current === at) return
    shown.current = at
    show(at)
  }, [at, ready, show])
  const place = marked === null ? -1 : lines.findIndex((line) => line.is === 'entry' && line.entry.version === marked)
  const latest = useRef(place)
  useEffect(() => {
    latest.current = place
  })
  const found = place >= 0
  useEffect(() => {
    if (!found || marked === null) return
    // The lines around are measured while it is approached, so it is approached twice.
    listRef.current?.scrollToIndex(latest.current)
    const again = setTimeout(() => listRef.current?.scrollToIndex(latest.current), 120)
    const timer = setTimeout(() => setMarked(null), MARKED_MS)
    return () => {
      clearTimeout(again)
      clearTimeout(timer)
    }
  }, [found, marked, listRef])
  return { marked, show }
}
