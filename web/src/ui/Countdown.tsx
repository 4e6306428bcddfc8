import { ClockCircleOutlined, ExclamationCircleOutlined, FieldTimeOutlined, PauseCircleOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from '@/i18n/react'
import { type Deadline, instant, type Phase, readDeadline } from './countdown'
import { describeDuration } from './duration'
import { useFromNow } from './serverClock'
import { absoluteTime } from './time'
import { useMode } from './mode'
import { tone, type Tone } from './theme'

const LOOK: Record<Phase, { icon: typeof ClockCircleOutlined; tone: Tone }> = {
  calm: { icon: ClockCircleOutlined, tone: 'waiting' },
  soon: { icon: FieldTimeOutlined, tone: 'soon' },
  over: { icon: ExclamationCircleOutlined, tone: 'breach' },
  paused: { icon: PauseCircleOutlined, tone: 'waiting' },
}

export interface CountdownProps extends Deadline {
  /** What happens then, as a whole phrase: "超时自动退款". */
  then?: string
  /** The rule, shown behind a click. */
  why?: ReactNode
  /** Only the time, for narrow lists; the rest is heard and shown on hover. */
  short?: boolean
  /** Called once when the deadline passes while one looks. */
  onDue?: () => void
}

/** "还剩 3:12 · 超时自动退款": what is left and what happens then, by the server's clock. */
export function Countdown({ then, why, short, onDue, ...deadline }: CountdownProps) {
  const { t, i18n } = useTranslation('ui')
  const mode = useMode()
  // One string as the reading, so that hundreds of countdowns redraw only when their own text changes.
  const reading = useFromNow((now) => {
    const { phase, seconds } = readDeadline(deadline, now)
    return `${phase} ${seconds < 3_600 ? seconds : Math.floor(seconds / 60) * 60}`
  })
  const [phase, seconds] = splitReading(reading)
  useDue(phase, onDue)

  const duration = describeDuration(seconds * 1_000)
  const time = t(duration.key, duration.values)
  const left = t(`countdown.${phase}`, { time })
  const sentence = then ? t(`countdown.then.${phase}`, { time, next: then }) : left
  const look = LOOK[phase]
  // The sign never stands alone at the end of a line: it stays with the time, which every sentence begins with.
  const together = sentence.startsWith(left) ? left : ''
  const text = (
    <span
      role="timer"
      aria-label={sentence}
      title={`${sentence}\n${absoluteTime(instant(deadline.due), i18n.language)}`}
      className="x-figures"
      style={{ color: tone(mode, look.tone), fontWeight: phase === 'soon' || phase === 'over' ? 600 : 400 }}
    >
      <span style={{ whiteSpace: 'nowrap' }}>
        <look.icon aria-hidden style={{ marginInlineEnd: 4 }} />
        {short ? t(`countdown.short.${phase}`, { time }) : together}
      </span>
      {short ? null : sentence.slice(together.length)}
    </span>
  )
  if (!why) return text
  return (
    <Popover trigger="click" content={<div style={{ maxWidth: 360 }}>{why}</div>}>
      <Button type="text" size="small" style={{ paddingInline: 4 }}>
        {text}
      </Button>
    </Popover>
  )
}

function splitReading(reading: string): [Phase, number] {
  const [phase, seconds] = reading.split(' ')
  return [phase as Phase, Number(seconds)]
}

function useDue(phase: Phase, onDue: (() => void) | undefined): void {
  const before = useRef(phase)
  useEffect(() => {
    if (before.current !== 'over' && phase === 'over') onDue?.()
    before.current = phase
  }, [phase, onDue])
}
