import { useEffect } from 'react'

/** Passes a value on when it has stood still for a moment, so that a burst asks once. */
export function useSettled<Value>(value: Value, pass: (value: Value) => void, pauseMs = 800): void {
  useEffect(() => {
    const timer = setTimeout(() => pass(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pass, pauseMs])
}
