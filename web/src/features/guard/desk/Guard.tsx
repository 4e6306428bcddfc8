/** The guard while one types: asked after a short rest, never in the way of the words. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { announce } from '@/ui/announce'
import { useTranslation } from '@/i18n/react'
import { isHeld, type Range, rangesOf, type Review, toTell } from './findings'
import { FindingsLine } from './FindingsLine'
import { review as ask } from './server'

export interface GuardAsk {
  shop: string
  conversation: string
  text: string
  on: boolean
  onRewrite: (text: string) => void
}

export interface GuardView {
  ranges: readonly Range[]
  line: ReactNode
  held: boolean
}

/** The same for those who are given it from outside. */
export function Guard({ children, ...ask }: GuardAsk & { children: (view: GuardView) => ReactNode }) {
  return children(useGuard(ask))
}

const REST_MS = 350
const NOTHING: readonly Range[] = []

function useGuard({ shop, conversation, text, on, onRewrite }: GuardAsk): GuardView {
  const reviewed = useReview(shop, conversation, on ? text : '')
  const found = reviewed?.review ?? null
  const told = found ? toTell(found.findings) : []
  useSpoken(told.length > 0 ? `${told[0]?.reason} ${told.length}` : '', told[0]?.reason)
  if (!found || !reviewed || told.length === 0) return { ranges: NOTHING, line: null, held: false }
  // Marks belong to exactly the words that were asked about; the line stays until the next answer.
  const fresh = reviewed.text === text
  return {
    ranges: fresh ? rangesOf(text, found.findings) : NOTHING,
    line: <FindingsLine text={reviewed.text} review={found} fresh={fresh} onRewrite={onRewrite} />,
    held: fresh && isHeld(found.verdict),
  }
}

interface Reviewed {
  text: string
  review: Review
}

function useReview(shop: string, conversation: string, text: string): Reviewed | null {
  const [reviewed, setReviewed] = useState<Reviewed | null>(null)
  useEffect(() => {
    if (text.trim() === '') return
    const leaving = new AbortController()
    const timer = setTimeout(() => {
      ask(shop, conversation, text, leaving.signal).then(
        (review) => setReviewed({ text, review }),
        () => {}, // the server looks again when the message is sent
      )
    }, REST_MS)
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [shop, conversation, text])
  return text.trim() === '' ? null : reviewed
}

/** A finding is heard once, when it comes. */
function useSpoken(key: string, reason: string | undefined): void {
  const { t } = useTranslation('guard')
  const before = useRef('')
  useEffect(() => {
    if (key !== before.current && reason) announce(t(`reason.${reason as 'insult'}`))
    before.current = key
  }, [key, reason, t])
}
