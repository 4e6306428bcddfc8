/** The guard while one types: asked after a short rest, never in the way of the words. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isHeld, type Range, rangesOf, type Review, toTell } from './findings'
import type { FindingsLineProps } from './FindingsLine'
import { lazily } from '@/ui/lazily'
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

const FindingsLine = lazily<FindingsLineProps>(() => import('./FindingsLine'))
const REST_MS = 350
const NOTHING: readonly Range[] = []

function useGuard({ shop, conversation, text, on, onRewrite }: GuardAsk): GuardView {
  const [proved, setProved] = useState(0)
  const reviewed = useReview(shop, conversation, on ? text : '', proved)
  const found = reviewed?.review ?? null
  const told = found ? toTell(found.findings) : []
  useHeeded(shop, conversation, on ? text : '', told.length > 0)
  if (!found || !reviewed || told.length === 0) return { ranges: NOTHING, line: null, held: false }
  // Marks belong to exactly the words that were asked about; the line stays until the next answer.
  const fresh = reviewed.text === text
  return {
    ranges: fresh ? rangesOf(text, found.findings) : NOTHING,
    line: (
      <FindingsLine
        text={reviewed.text}
        review={found}
        fresh={fresh}
        onRewrite={onRewrite}
        shop={shop}
        conversation={conversation}
        onProved={() => setProved(proved + 1)}
      />
    ),
    held: fresh && isHeld(found.verdict),
  }
}

interface Reviewed {
  text: string
  review: Review
  /** After how many proofs it was asked. */
  proved: number
}

function useReview(shop: string, conversation: string, text: string, proved: number): Reviewed | null {
  const [reviewed, setReviewed] = useState<Reviewed | null>(null)
  useEffect(() => {
    if (text.trim() === '') return
    const leaving = new AbortController()
    const timer = setTimeout(() => {
      ask(shop, conversation, text, leaving.signal).then(
        (review) => setReviewed({ text, review, proved }),
        () => {}, // the server looks again when the message is sent
      )
    }, REST_MS)
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [shop, conversation, text, proved])
  return text.trim() === '' ? null : reviewed
}

/** Once the words went out it is counted what became of the suggestions; nobody waits for that. */
function useHeeded(shop: string, conversation: string, text: string, told: boolean): void {
  const before = useRef({ conversation, text, told: false })
  useEffect(() => {
    const was = before.current
    const same = was.conversation === conversation
    if (same && was.told && text === '' && was.text !== '') void import('./heeding').then(({ settled }) => settled(shop, conversation, was.text))
    before.current = { conversation, text, told: (same && was.told && text !== '') || told }
  }, [shop, conversation, text, told])
}
