import { CheckCircleOutlined, ClockCircleOutlined, ExclamationCircleOutlined, MinusCircleOutlined, RightCircleOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import './matter.css'
import { useMode } from './mode'
import { RelativeTime } from './RelativeTime'
import { tone, type Tone } from './theme'

const ICONS = {
  accent: RightCircleOutlined,
  settled: CheckCircleOutlined,
  breach: ExclamationCircleOutlined,
  soon: ClockCircleOutlined,
  waiting: ClockCircleOutlined,
  over: MinusCircleOutlined,
} as const

export type Look = keyof typeof ICONS

/** Where something stands: a word, an icon and a colour, never the colour alone. */
export function StandWord({ look, children }: { look: Look; children: ReactNode }) {
  const mode = useMode()
  const Icon = ICONS[look]
  const named: Tone = look === 'over' ? 'waiting' : look
  return (
    <span className="x-stand" style={{ color: tone(mode, named) }}>
      <Icon aria-hidden /> {children}
    </span>
  )
}

/** A list with what is open beside it; on a narrow screen what is open takes its place. */
export function Panes({ open, list, label, children }: { open: boolean; list: ReactNode; label: string; children: ReactNode }) {
  return (
    <div className="x-panes" data-open={open}>
      <div className="x-panes-list">{list}</div>
      {open ? (
        <section className="x-panes-side" aria-label={label}>
          {children}
        </section>
      ) : null}
    </div>
  )
}

export interface StepLine {
  key: string | number
  title: ReactNode
  by: ReactNode
  at: string
  text?: string
  more?: ReactNode
}

/** What has happened, in the order given: who, what, when, with which words. */
export function Steps({ steps }: { steps: readonly StepLine[] }) {
  return (
    <ol className="x-steps">
      {steps.map((step) => (
        <li key={step.key}>
          <p className="x-steps-head">
            <strong>{step.title}</strong>
            <span className="x-dim">
              {step.by} · <RelativeTime at={step.at} />
            </span>
          </p>
          {step.text ? <p className="x-said">{step.text}</p> : null}
          {step.more}
        </li>
      ))}
    </ol>
  )
}
