import { useEffect, useState } from 'preact/hooks'
import type { Watched } from '@/realtime'

/** A watched value, for Preact. */
export function useWatched<Value>(watched: Pick<Watched<Value>, 'get' | 'watch'>): Value {
  const [value, setValue] = useState(watched.get)
  useEffect(() => {
    // The initialiser form, so that a value that is a function is not called.
    const read = () => setValue(() => watched.get())
    read()
    return watched.watch(read)
  }, [watched])
  return value
}
