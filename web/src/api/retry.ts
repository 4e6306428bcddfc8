/** How often a safe read is tried again, and how long we wait between. */

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD'])
const AGAIN: ReadonlySet<number> = new Set([502, 503, 504])
const LONGEST_WAIT_MS = 4_000

export interface RetryPlan {
  tries: number
  random: () => number
  wait: (ms: number, signal: AbortSignal) => Promise<void>
}

export const RETRY: RetryPlan = { tries: 3, random: Math.random, wait: waitFor }

/** A fetch that repeats safe reads after a lost connection or a restarting server; never a write. */
export function retrying(plan: RetryPlan, send: typeof fetch): (request: Request) => Promise<Response> {
  return async (request) => {
    const tries = SAFE.has(request.method) ? plan.tries : 1
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= tries
      try {
        const response = await send(last ? request : request.clone())
        if (last || !AGAIN.has(response.status)) return response
        await plan.wait(pause(attempt, plan.random, response.headers.get('Retry-After')), request.signal)
      } catch (error) {
        if (last || request.signal.aborted) throw error
        await plan.wait(pause(attempt, plan.random, null), request.signal)
      }
    }
  }
}

/** 200 ms, 400 ms, … each between half and all of itself, or what the server asked for, up to 4 s. */
export function pause(attempt: number, random: () => number, retryAfter: string | null): number {
  const asked = retryAfter === null ? Number.NaN : Number(retryAfter) * 1_000
  if (Number.isFinite(asked) && asked >= 0) return Math.min(asked, LONGEST_WAIT_MS)
  const full = Math.min(200 * 2 ** (attempt - 1), LONGEST_WAIT_MS)
  return full * (0.5 + random() / 2)
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
