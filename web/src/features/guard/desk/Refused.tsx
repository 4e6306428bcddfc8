import { InfoCircleOutlined } from '@ant-design/icons'
import { useTranslation } from '@/i18n/react'
import { Why } from '@/ui/Why'
import { findingsIn, toTell } from './findings'
import './guard.css'

export interface RefusedProps {
  facts: Readonly<Record<string, unknown>>
  message: string
  row: string | null
}

/** Why a message was not taken, calmly: the sentence, and the rule behind a click. */
export default function Refused({ facts, message, row }: RefusedProps) {
  const { t } = useTranslation('guard')
  const found = toTell(findingsIn(facts))
  const first = found[0]
  const asked = first ? [{ label: t('desk.kind'), value: t(`kind.${first.kind as 'abuse'}`) }] : []
  return (
    <span className="xg-refused">
      <InfoCircleOutlined aria-hidden /> {message}
      {first ? <span> {t(`reason.${first.reason as 'insult'}`)}</span> : null}
      {row || first ? <Why outcome={message} row={row ?? first?.row ?? null} basis={first?.basis ?? null} inputs={asked} /> : null}
    </span>
  )
}
