import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'

export interface Clocked {
  due_at: string | null
  then: string | null
  /** Where it stands: a clock that only reminds leaves it there. */
  state?: string
  moved_at: string
  stage: number
  closed_at: string | null
}

export interface CaseClockProps {
  line: Clocked
  short?: boolean
  /** The rule, shown behind a click. */
  why?: ReactNode
  /** Called once when it falls due while one looks: ask the server what came of it. */
  onDue?: () => void
}

/** What is left and what silence leads to; nothing once the case is over. */
export function CaseClock({ line, onDue, ...look }: CaseClockProps) {
  const next = useThen(line.then, line.state)
  if (line.due_at === null || line.closed_at !== null) return null
  return <Countdown due={line.due_at} set={line.moved_at} then={next} onDue={onDue} {...look} />
}

/** The state silence leads to, in words; empty for one that this page does not know. */
export function useThen(then: string | null, state?: string): string {
  const { t, i18n } = useTranslation('after_sale')
  const stays = then === state && i18n.exists(`after_sale:then.still_${then}`)
  const name = stays ? `still_${then}` : then
  return name && i18n.exists(`after_sale:then.${name}`) ? t(`then.${name}` as 'then.paying') : ''
}
