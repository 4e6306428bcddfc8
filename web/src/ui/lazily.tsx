import { type ComponentType, type ReactNode, Suspense, useEffect, useState } from 'react'

const AGAIN_MS = 5000

/**
 * A part of a page that is fetched when it is first drawn. While the server is away it is asked for again and
 * again; what stands around it goes on working.
 */
export function lazily<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, waiting: ReactNode = null): ComponentType<Props> {
  let Part: ComponentType<Props> | null = null
  return function Lazily(props: Props) {
    const [, drawAgain] = useState(0)
    const [tries, setTries] = useState(0)
    useEffect(() => {
      let timer: ReturnType<typeof setTimeout> | undefined
      let drawn = true
      if (!Part) {
        load().then(
          (loaded) => {
            Part = loaded.default
            if (drawn) drawAgain((times) => times + 1)
          },
          () => {
            if (drawn) timer = setTimeout(() => setTries(tries + 1), AGAIN_MS)
          },
        )
      }
      return () => {
        drawn = false
        clearTimeout(timer)
      }
    }, [tries])
    // Its own words may still be on their way: what stands around it keeps its place, and the cursor.
    return <Suspense fallback={waiting}>{Part ? <Part {...props} /> : waiting}</Suspense>
  }
}
