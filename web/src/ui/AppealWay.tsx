import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useLanguage, useTranslation } from '@/i18n/react'
import { absoluteTime } from './time'

interface Props {
  /** What the server says of it; nothing is shown before it has answered. */
  right: { allowed: boolean; code: string | null; message: string | null; until: string | null; open_appeal: string | null } | undefined
  kind: 'ruling' | 'penalty' | 'block' | 'complaint_refusal'
  target: string
  /** Where appeals stand: an address of this app, or of another one when `outside`. */
  base: string
  outside?: boolean
}

/** A link beside words is told from them by more than its colour. */
const IN_TEXT = { textDecoration: 'underline' } as const

/** The way to an appeal, beside the decision, with until when; nothing where there is none. */
export function AppealWay({ right, kind, target, base, outside = false }: Props) {
  const { t } = useTranslation('appeals')
  const language = useLanguage()
  if (!right) return null
  const to = (place: string, words: ReactNode) => (outside ? <a href={place} style={IN_TEXT}>{words}</a> : <Link to={place} style={IN_TEXT}>{words}</Link>)
  if (right.open_appeal) return <p>{to(`${base}/${right.open_appeal}`, t('form.to_open'))}</p>
  const late = right.code === 'appeals.too_late'
  if (!right.allowed && !late) return null
  const until = right.until ? t('form.until', { until: absoluteTime(Date.parse(right.until), language) }) : t('form.any_time')
  return (
    <p>
      {to(`${base}/new?kind=${kind}&target=${target}`, t('form.title'))} <span className="x-dim">{late ? right.message : until}</span>
    </p>
  )
}
