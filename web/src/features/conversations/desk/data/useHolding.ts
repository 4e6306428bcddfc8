import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useRealtime } from '@/realtime/react'
import { Holding, type HeldMessage } from './holding'
import { useDesk } from './deskStore'

const HoldingContext = createContext<Holding | null>(null)
export const HoldingProvider = HoldingContext.Provider

/** Made once for a desk: what it holds leaves even when another conversation is opened. */
export function useNewHolding(): Holding {
  const realtime = useRealtime()
  const { shop } = useDesk()
  const holding = useMemo(
    () =>
      new Holding((wish) => {
        // A refusal stands on the message's own line.
        realtime.send(wish, shop).catch(() => {})
      }, realtime.serverNow),
    [realtime, shop],
  )
  useEffect(() => {
    const leave = () => holding.flush()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [holding])
  return holding
}

export function useHolding(): Holding {
  const holding = useContext(HoldingContext)
  if (!holding) throw new Error('this needs a desk around it')
  return holding
}

/** What is held back in a conversation now. */
export function useHeld(conversation: string): HeldMessage | null {
  const holding = useHolding()
  return useSyncExternalStore(holding.items.watch, () => holding.heldIn(conversation))
}
