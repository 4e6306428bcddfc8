/** What was typed stays for this visit, whatever happens to the page or the network. */
import { useCallback, useState } from 'react'

export function readKept<Value extends object>(key: string): Value | null {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(`xiaoer.${key}`) ?? 'null')
    return typeof found === 'object' && found !== null ? (found as Value) : null
  } catch {
    return null
  }
}

export function keep(key: string, value: object | null): void {
  try {
    if (value === null) sessionStorage.removeItem(`xiaoer.${key}`)
    else sessionStorage.setItem(`xiaoer.${key}`, JSON.stringify(value))
  } catch {
    // without storage it stays on the page only
  }
}

export type Change<Value> = Value | ((now: Value) => Value)

/** State that outlives a reload; `forget` when it has been sent. */
export function useKept<Value extends object>(key: string, fresh: () => Value): [Value, (next: Change<Value>) => void, () => void] {
  const [value, setValue] = useState<Value>(() => ({ ...fresh(), ...readKept<Value>(key) }))
  const change = useCallback(
    (next: Change<Value>) =>
      setValue((now) => {
        const whole = typeof next === 'function' ? next(now) : next
        keep(key, whole)
        return whole
      }),
    [key],
  )
  const forget = useCallback(() => keep(key, null), [key])
  return [value, change, forget]
}
