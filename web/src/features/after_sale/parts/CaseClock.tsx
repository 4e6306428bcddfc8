import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'

export interface Clocked {
  due_at: string | null
  then: string | null
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
  const next = useThen(line.then)
  if (line.due_at === null || line.closed_at !== null) return null
  return <Countdown due={line.due_at} set={line.moved_at} then={next} onDue={onDue} {...look} />
}

/** The state silence leads to, in words; empty for one that this page does not know. */
export function useThen(then: string | null): string {
  const { t, i18n } = useTranslation('after_sale')
  return then && i18n.exists(`after_sale:then.${then}`) ? t(`then.${then}` as 'then.paying') : ''
}
