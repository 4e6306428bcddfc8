import { createContext, type ReactNode, useCallback, useContext, useMemo, useSyncExternalStore } from 'react'
import type { Mode } from './theme'

/** What the person chose; `system` follows the machine. */
export type ModeChoice = Mode | 'system'

const STORAGE_KEY = 'xiaoer.mode'
const DARK = '(prefers-color-scheme: dark)'
const CHANGED = 'xiaoer:mode'

const ModeContext = createContext<{ mode: Mode; choice: ModeChoice; choose: (choice: ModeChoice) => void }>({
  mode: 'light',
  choice: 'system',
  choose: () => {},
})

export function ModeProvider({ children }: { children: ReactNode }) {
  const choice = useSyncExternalStore(watch, readChoice)
  const dark = useSyncExternalStore(watch, () => matchMedia(DARK).matches)
  const systemMode = dark ? 'dark' : 'light'
  const mode: Mode = choice === 'system' ? systemMode : choice
  const choose = useCallback((next: ModeChoice) => {
    try {
      localStorage.setItem(STORAGE_KEY, next)
    } catch {
      // without storage the machine's setting stays
    }
    dispatchEvent(new Event(CHANGED))
  }, [])
  const value = useMemo(() => ({ mode, choice, choose }), [mode, choice, choose])
  return <ModeContext value={value}>{children}</ModeContext>
}

export function useMode(): Mode {
  return useContext(ModeContext).mode
}

export function useModeChoice(): { choice: ModeChoice; choose: (choice: ModeChoice) => void } {
  return useContext(ModeContext)
}

function readChoice(): ModeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

function watch(listener: () => void): () => void {
  const media = matchMedia(DARK)
  media.addEventListener('change', listener)
  addEventListener(CHANGED, listener)
  addEventListener('storage', listener)
  return () => {
    media.removeEventListener('change', listener)
    removeEventListener(CHANGED, listener)
    removeEventListener('storage', listener)
  }
}
