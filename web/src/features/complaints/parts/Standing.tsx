import { CheckCircleOutlined, ClockCircleOutlined, ExclamationCircleOutlined, RightCircleOutlined } from '@ant-design/icons'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { useMode } from '@/ui/mode'
import { tone } from '@/ui/theme'
import { toneOf, turnFor } from './look'
import type { Line } from './wire'

const ICONS = { settled: CheckCircleOutlined, breach: ExclamationCircleOutlined, accent: RightCircleOutlined }

/** Where a complaint stands: a word, an icon and a colour, never the colour alone. */
export function StateTag({ line }: { line: Line }) {
  const { t } = useTranslation('complaints')
  const mode = useMode()
  const named = toneOf(line)
  const Icon = named in ICONS ? ICONS[named as keyof typeof ICONS] : ClockCircleOutlined
  return (
    <span className="cp-state" style={{ color: tone(mode, named) }}>
      <Icon aria-hidden /> {t(`state.${line.state}`)}
    </span>
  )
}

/** Who must act, for the one who looks. */
export function TurnWord({ line }: { line: Line }) {
  const { t } = useTranslation('complaints')
  return <>{t(`turn.${turnFor(line)}`)}</>
}

/** What is left and what silence leads to. */
export function Clock({ line, short, onDue }: { line: Line; short?: boolean; onDue?: () => void }) {
  const { t } = useTranslation('complaints')
  if (line.due_at === null || line.closed_at !== null) return null
  const then = line.then ? t(`then.${line.then}` as 'then.in_hearing') : ''
  return <Countdown due={line.due_at} set={line.moved_at} then={then} short={short ?? false} {...(onDue ? { onDue } : {})} />
}

/** The other end of it, as the viewer would name it. */
export function Against({ line }: { line: Line }) {
  const { t } = useTranslation('complaints')
  const other = line.side === 'accused' ? line.complainant : line.accused
  return <>{other.name || t(`party.${other.kind}`)}</>
}
