import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  RightCircleOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { useTranslation } from '@/i18n/react'
import { useMode } from '@/ui/mode'
import { tone } from '@/ui/theme'
import { toneOf, type Turn, turnFor } from './look'
import './parts.css'
import type { CaseState, Viewer } from './wire'

const ICONS: Record<Turn, typeof ClockCircleOutlined> = {
  mine: RightCircleOutlined,
  buyer: ClockCircleOutlined,
  shop: ClockCircleOutlined,
  people: TeamOutlined,
  nobody: ClockCircleOutlined,
  over: MinusCircleOutlined,
}

export interface Standing {
  state: CaseState
  turn: string | null
}

/** Where a case stands: a word, an icon and a colour, never the colour alone. */
export function StateTag({ line, viewer }: { line: Standing; viewer: Viewer }) {
  const { t } = useTranslation('after_sale')
  const mode = useMode()
  const named = toneOf(viewer, line)
  const icons = { settled: CheckCircleOutlined, breach: ExclamationCircleOutlined }
  const Icon = named === 'settled' || named === 'breach' ? icons[named] : ICONS[turnFor(viewer, line)]
  return (
    <span className="as-state" style={{ color: tone(mode, named) }}>
      <Icon aria-hidden /> {t(`state.${line.state}`)}
    </span>
  )
}

/** Who must act, for the one who looks: "your turn", "the shop's turn", "nobody". */
export function TurnWord({ line, viewer }: { line: Standing; viewer: Viewer }) {
  const { t } = useTranslation('after_sale')
  return <>{t(`turn.${turnFor(viewer, line)}`)}</>
}
