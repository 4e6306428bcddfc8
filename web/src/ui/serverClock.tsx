import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'

/** Milliseconds since 1970 by the server's clock; the machine's own clock may be wrong by hours. */
export type Now = () => number

const ServerClock = createContext<Now>(Date.now)

export function ServerClockProvider({ now, children }: { now: Now; children: ReactNode }) {
  return <ServerClock value={now}>{children}</ServerClock>
}

export function useServerNow(): Now {
  return useContext(ServerClock)
}

/** One timer for all countdowns of a page; it sleeps when nobody looks. */
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null

export function onTick(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 250)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer)
      timer = null
    }
  }
}

/** Redraws only when what is read from the clock changes, not at every tick. */
export function useFromNow<Reading extends string | number | boolean>(read: (now: number) => Reading): Reading {
  const now = useServerNow()
  const snapshot = () => read(now())
  return useSyncExternalStore(onTick, snapshot, snapshot)
}

/** The server's time, in steps. */
export function useNow(stepMs = 1_000): number {
  return useFromNow((now) => Math.floor(now / stepMs) * stepMs)
}
