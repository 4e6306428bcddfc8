import { useRef, useState } from 'react'

/** Sends once however often it is pressed, and keeps what went wrong. */
export function useSend(work: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const under = useRef(false)
  const send = async () => {
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
