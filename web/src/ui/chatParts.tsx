/** @jsxImportSource preact */
/** What cards of other domains share in the buyer's chat, which has neither React nor antd. */
import i18next from 'i18next'
import { useEffect, useState } from 'preact/hooks'
import { describeDuration } from './duration'

/** What is left of the time, minute by minute. */
export function Left({ due, now }: { due: number; now: () => number }) {
  const [left, setLeft] = useState(() => due - now())
  useEffect(() => {
    setLeft(due - now())
    const timer = window.setInterval(() => setLeft(due - now()), 15_000)
    return () => window.clearInterval(timer)
  }, [due, now])
  if (left <= 0) return null
  // Whole minutes: the page of the matter counts the seconds.
  const { key, values } = describeDuration(Math.max(60_000, Math.floor(left / 60_000) * 60_000))
  const time = i18next.t(`ui:${key}` as 'ui:duration.clock', values as { clock: string })
  return <span>{i18next.t('ui:countdown.calm', { time })}</span>
}

/** The words of a domain come with its first card, so that a chat without such cards does not carry them. */
export function useWords(domain: string): boolean {
  const [ready, setReady] = useState(() => i18next.hasLoadedNamespace(domain))
  useEffect(() => {
    let here = true
    void i18next.loadNamespaces(domain).then(() => here && setReady(true))
    return () => {
      here = false
    }
  }, [domain])
  return ready
}
