import { useRef, useState } from 'react'

/** Sends once however often it is pressed, and keeps what went wrong. */
export function useSending() {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const under = useRef(false)
  const send = async (work: () => Promise<unknown>) => {
    if (under.current) return
    under.current = true
    setBusy(true)
    setTrouble(null)
    try {
      await work()
    } catch (error) {
      setTrouble(error)
    } finally {
      under.current = false
      setBusy(false)
    }
  }
  return { busy, trouble, send }
}

/** The same for one thing that is sent. */
export function useSend(work: () => Promise<unknown>) {
  const { send, ...state } = useSending()
  return { ...state, send: () => send(work) }
}
