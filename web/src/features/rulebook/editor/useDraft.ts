import { useEffect, useMemo, useRef, useState } from 'react'
import { differences } from '../model/diff'
import { keepDraft, keptDraft } from '../model/draft'
import { type Checked, checkDraft, type Grid, type TableWhole } from '../tables'

const PAUSE_MS = 350
const UNDO_MAX = 100

/** A draft of a table: kept in the browser, proved by the server while one types. */
export function useDraft(name: string, held: TableWhole, editable: boolean) {
  const [kept] = useState(() => (editable ? keptDraft(name) : null))
  const [grid, setGrid] = useState<Grid>(kept?.grid ?? held.grid)
  const [undone, setUndone] = useState<readonly Grid[]>([])
  const [from, setFrom] = useState(kept?.from ?? held.line.wording)
  const [checked, setChecked] = useState<{ grid: Grid; result: Checked } | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const asked = useRef<Grid | null>(null)
  const diff = useMemo(() => differences(held.grid, grid), [held.grid, grid])
  const moved = grid !== held.grid && grid.rows.some((row, at) => row.id !== held.grid.rows[at]?.id)
  const dirty = moved || diff.rows.length > 0 || diff.columns.length > 0

  useEffect(() => {
    if (!editable || asked.current === grid) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      checkDraft(name, { grid }, stop.signal).then(
        (result) => {
          asked.current = grid
          setChecked({ grid, result })
          setTrouble(null)
        },
        (error: unknown) => {
          if (!stop.signal.aborted) setTrouble(error)
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [name, grid, editable])

  useEffect(() => {
    if (editable) keepDraft(name, dirty ? { from, grid } : null)
  }, [name, grid, dirty, from, editable])

  const change = (next: Grid) => {
    setUndone((before) => [...before.slice(-UNDO_MAX), grid])
    setGrid(next)
  }
  return {
    grid,
    change,
    /** A grid the server has just read from a text, with what it said of it. */
    take: (next: Grid, result: Checked) => {
      asked.current = next
      setChecked({ grid: next, result })
      change(next)
    },
    undo: () => {
      const last = undone.at(-1)
      if (!last) return
      setUndone(undone.slice(0, -1))
      setGrid(last)
    },
    mayUndo: undone.length > 0,
    discard: () => {
      setUndone([...undone, grid])
      setGrid(held.grid)
      setFrom(held.line.wording)
    },
    diff,
    dirty,
    /** The draft was begun here on an earlier visit. */
    restored: kept !== null,
    /** Somebody put another wording in force since the draft was begun. */
    outdated: dirty && from !== held.line.wording,
    checked: checked?.grid === grid ? checked.result : null,
    /** What was found last, also while the next proof is under way. */
    last: checked?.result ?? null,
    trouble,
  }
}

export type DraftState = ReturnType<typeof useDraft>
