import { useCallback, useState } from 'react'
import { keep, readKept } from './kept'

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
