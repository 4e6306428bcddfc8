/** The lines of the board, kept live: a line changes where it stands, new ones wait until one asks for them. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useCursorPages } from '@/api'
import { refreshing, useTopic } from '@/realtime/react'
import type { CaseLine } from '../parts/wire'
import { getBoard, getCase, listCases } from '../shop/server'
import type { Moved } from '../shop/useCase'
import { askOf, type BoardFilter, once, sortNews, withNews, writeFilter } from './board'

const PAGE = 50
/** A busy shop tells of many changes a second; they are gathered. */
const PAUSE_MS = 700
/** More lines than this at once are not fetched one by one: the board says that it is old. */
const MOST_AT_ONCE = 12

export interface Board {
  lines: readonly CaseLine[]
  /** Cases that came or moved and are not on the board as it stands. */
  waiting: number
  reload: () => void
  /** A deed has answered with how the case stands now. */
  put: (line: CaseLine) => void
  pages: ReturnType<typeof useCursorPages<CaseLine>>
}

interface Since {
  /** Which look at the board this is about. */
  of: string
  news: ReadonlyMap<string, CaseLine>
  strangers: ReadonlySet<string>
}

function nothingSince(of: string): Since {
  return { of, news: new Map(), strangers: new Set() }
}

export function useBoard(shop: string, filter: BoardFilter): Board {
  const queries = useQueryClient()
  const named = writeFilter(filter).toString()
  const key = useMemo(() => ['after_sale', shop, 'board', named], [shop, named])
  const pages = useCursorPages<CaseLine>(key, (after, signal) =>
    listCases(shop, { ...askOf(filter, new Date()), limit: PAGE, ...(after ? { starting_after: after } : {}) }, signal),
  )
  const [kept, setKept] = useState<Since>(() => nothingSince(named))
  const since = kept.of === named ? kept : nothingSince(named)
  const lines = useMemo(() => once(withNews(pages.items, since.news)), [pages.items, since.news])
  const put = useCallback(
    (line: CaseLine) =>
      setKept((before) => {
        const base = before.of === named ? before : nothingSince(named)
        return { ...base, news: new Map(base.news).set(line.id, line) }
      }),
    [named],
  )
  const count = (ids: readonly string[]) =>
    setKept((before) => {
      const base = before.of === named ? before : nothingSince(named)
      return { ...base, strangers: new Set([...base.strangers, ...ids]) }
    })
  const reload = useCallback(() => {
    setKept(nothingSince(named))
    void queries.resetQueries({ queryKey: key })
    void queries.invalidateQueries({ queryKey: ['after_sale', shop, 'counts'] })
  }, [queries, key, shop, named])
  useNews(shop, async (moved) => {
    const { here, fresh } = sortNews(moved, lines, filter)
    await Promise.allSettled(here.slice(0, MOST_AT_ONCE).map(async (id) => put(await getCase({ shop, case: id }))))
    const waiting = [...fresh, ...here.slice(MOST_AT_ONCE)]
    if (waiting.length > 0) count(waiting)
  })
  return { lines, waiting: since.strangers.size, reload, put, pages }
}

/** What the topic tells, gathered for a moment: a busy shop tells of many changes a second. */
class Gathered {
  #onMoved: (moved: Moved[]) => Promise<void> = async () => {}
  #moved = new Map<string, Moved>()
  #timer: ReturnType<typeof setTimeout> | null = null

  tell(onMoved: (moved: Moved[]) => Promise<void>): void {
    this.#onMoved = onMoved
  }

  hear(moved: Moved): void {
    this.#moved.set(moved.case, moved)
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      const all = [...this.#moved.values()]
      this.#moved.clear()
      void this.#onMoved(all)
    }, PAUSE_MS)
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** Lines that are shown are fetched one by one, others are only counted. */
function useNews(shop: string, onMoved: (moved: Moved[]) => Promise<void>): void {
  const queries = useQueryClient()
  const [gathered] = useState(() => new Gathered())
  useEffect(() => {
    gathered.tell(async (moved) => {
      void queries.invalidateQueries({ queryKey: ['after_sale', shop, 'counts'] })
      await onMoved(moved)
    })
  })
  useEffect(() => () => gathered.stop(), [gathered])
  useTopic(
    `shop:${shop}`,
    refreshing(
      () => queries.invalidateQueries({ queryKey: ['after_sale', shop] }),
      ({ name, body }) => {
        if (name === 'after_sale.case_moved' || name === 'after_sale.case_opened') gathered.hear(body as Moved)
      },
    ),
  )
}

/** How many open cases stand in each state. */
export function useCounts(shop: string) {
  return useQuery({ queryKey: ['after_sale', shop, 'counts'], queryFn: ({ signal }) => getBoard(shop, signal), staleTime: 5_000 })
}
