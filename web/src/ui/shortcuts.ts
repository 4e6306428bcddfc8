import { useEffect, useRef, useSyncExternalStore } from 'react'
import { isMac, isWriting, matches } from './keys'

export interface Shortcut {
  keys: string
  label: string
  run: (event: KeyboardEvent) => void
  /** Also while writing in a field; combinations with `mod` or `alt` always are. */
  whileWriting: boolean
}

/** In order of registration: the one opened last answers first. */
let registered: readonly Shortcut[] = []
const listeners = new Set<() => void>()

function changed(next: readonly Shortcut[]): void {
  registered = next
  for (const listener of listeners) listener()
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  // What stands behind a dialog is out of reach of the keys, too.
  if (event.target instanceof Element && event.target.closest('[aria-modal="true"]')) return
  const mac = isMac()
  const writing = isWriting(event.target)
  const found = registered.findLast(
    (each) => matches(event, each.keys, mac) && (!writing || each.whileWriting || /mod\+|alt\+/.test(each.keys)),
  )
  if (!found) return
  event.preventDefault()
  found.run(event)
}

function register(shortcut: Shortcut): () => void {
  if (registered.length === 0) document.addEventListener('keydown', onKeyDown)
  changed([...registered, shortcut])
  return () => {
    changed(registered.filter((each) => each !== shortcut))
    if (registered.length === 0) document.removeEventListener('keydown', onKeyDown)
  }
}

export interface ShortcutOptions {
  /** What it does, for the list behind `?`; without a label it is not listed. */
  label?: string
  enabled?: boolean
  whileWriting?: boolean
}

/** Binds a key combination for as long as the component is shown. */
export function useShortcut(
  keys: string | undefined,
  run: (event: KeyboardEvent) => void,
  { label = '', enabled = true, whileWriting = false }: ShortcutOptions = {},
): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!keys || !enabled) return
    return register({ keys, label, whileWriting, run: (event) => latest.current(event) })
  }, [keys, label, enabled, whileWriting])
}

/** All listed shortcuts that work now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => registered,
  )
}
