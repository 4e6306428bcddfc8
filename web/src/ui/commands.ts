import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Command {
  id: string
  label: string
  run: () => void
  /** Further words one might type for it. */
  words?: string
  /** Shown beside it; bound by `useShortcut`, not here. */
  shortcut?: string
}

const groups = new Map<symbol, readonly Command[]>()
let all: readonly Command[] = []
const listeners = new Set<() => void>()

function changed(): void {
  all = [...groups.values()].flat()
  for (const listener of listeners) listener()
}

/** Offers commands in the palette for as long as the component is shown. */
export function useCommands(commands: readonly Command[]): void {
  const key = useRef(Symbol('commands'))
  useEffect(() => {
    const group = key.current
    groups.set(group, commands)
    changed()
    return () => {
      groups.delete(group)
      changed()
    }
  }, [commands])
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => all,
  )
}

/** Those that hold every typed word, in any order; what begins with the text first. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  const found = commands.filter((command) => {
    const hay = fold(`${command.label} ${command.words ?? ''} ${command.id}`)
    return words.every((word) => hay.includes(word))
  })
  const first = words[0]
  if (!first) return found
  const rank = (command: Command) => (fold(command.label).startsWith(first) ? 0 : 1)
  return found.toSorted((a, b) => rank(a) - rank(b))
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
