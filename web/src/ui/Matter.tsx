import { CheckCircleOutlined, ClockCircleOutlined, ExclamationCircleOutlined, MinusCircleOutlined, QuestionCircleOutlined, RightCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import './matter.css'
import { useMode } from './mode'
import { RelativeTime } from './RelativeTime'
import { StateBlock, stateOf } from './StateBlock'
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

interface Decision {
  id: string
  title: string
  row: string
  basis: string
  version: string
  sentence: string
  at: string
}

/** A button that opens the decisions where it stands; they are asked for when first opened. */
export function DecisionsButton({ queryKey, load, label }: { queryKey: readonly unknown[]; load: (signal: AbortSignal) => Promise<readonly Decision[]>; label?: string }) {
  const { t } = useTranslation('ui')
  const place = useId()
  const [open, setOpen] = useState(false)
  const query = useQuery({ queryKey, queryFn: ({ signal }) => load(signal), enabled: open })
  return (
    <div>
      <Button type="link" style={{ paddingInline: 0 }} aria-expanded={open} aria-controls={place} icon={<QuestionCircleOutlined aria-hidden />} onClick={() => setOpen(!open)}>
        {label ?? t('why.ask')}
      </Button>
      <div id={place} hidden={!open}>
        {open ? (
          <StateBlock state={stateOf(query, query.data?.length === 0)} onRetry={() => void query.refetch()}>
            <ol className="x-decided">
              {(query.data ?? []).map((one) => (
                <li key={one.id}>
                  <p>{one.sentence || one.title}</p>
                  <p className="x-dim">
                    {one.title} <code>{one.row}</code>
                    {one.basis ? ` · ${one.basis}` : ''} · {t('why.version')} {one.version}
                  </p>
                </li>
              ))}
            </ol>
          </StateBlock>
        ) : null}
      </div>
    </div>
  )
}
