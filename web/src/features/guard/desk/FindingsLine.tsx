import { BulbOutlined, EditOutlined, StopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from '@/i18n/react'
import { useMode } from '@/ui/mode'
import { tone } from '@/ui/theme'
import { Why } from '@/ui/Why'
import { type Finding, isHeld, type Review, rewriteOne, toTell, wordsOf } from './findings'
import './guard.css'

const SHOWN = 3

export interface FindingsLineProps {
  /** The words that were looked at. */
  text: string
  review: Review
  /** They are still the words in the editor; a rewrite of older ones would take newer ones away. */
  fresh: boolean
  onRewrite: (text: string) => void
}

/** What was found, in one line for each, with the better words as a button. */
export function FindingsLine({ text, review, fresh, onRewrite }: FindingsLineProps) {
  const { t } = useTranslation('guard')
  const told = toTell(review.findings)
  const held = isHeld(review.verdict)
  const first = told[0]
  if (!first) return null
  return (
    <div className="xg-line" role="group" aria-label={t('desk.findings')}>
      <ul className="xg-list">
        {told.slice(0, SHOWN).map((finding) => (
          <One key={`${finding.start} ${finding.kind}`} text={text} finding={finding} fresh={fresh} onRewrite={onRewrite} />
        ))}
        {told.length > SHOWN ? <li className="xg-quiet">{t('desk.more', { count: told.length - SHOWN })}</li> : null}
      </ul>
      {review.text !== text && (held || told.length > 1) ? (
        <Button size="small" disabled={!fresh} icon={<EditOutlined aria-hidden />} title={review.text} onClick={() => onRewrite(review.text)}>
          {t('desk.rewrite_all')}
        </Button>
      ) : null}
    </div>
  )
}

function One({ text, finding, fresh, onRewrite }: Omit<FindingsLineProps, 'review'> & { finding: Finding }) {
  const { t } = useTranslation('guard')
  const mode = useMode()
  const held = isHeld(finding.verdict)
  const Icon = finding.verdict === 'block' ? StopOutlined : held ? EditOutlined : BulbOutlined
  const words = wordsOf(text, finding)
  const reason = t(`reason.${finding.reason as 'insult'}`)
  return (
    <li className="xg-one">
      <span style={{ color: tone(mode, finding.verdict === 'block' ? 'breach' : held ? 'soon' : 'waiting'), whiteSpace: 'nowrap' }}>
        <Icon aria-hidden /> {t(`verdict.${finding.verdict}`)}
      </span>
      <span>
        {words ? <q>{words}</q> : null} {reason}
      </span>
      <Why outcome={reason} row={finding.row} basis={finding.basis} inputs={[{ label: t('desk.kind'), value: t(`kind.${finding.kind as 'abuse'}`) }]} />
      {finding.suggestion ? (
        <Button size="small" type="link" disabled={!fresh} onClick={() => onRewrite(rewriteOne(text, finding))}>
          {t('desk.say_instead', { words: finding.suggestion })}
        </Button>
      ) : null}
    </li>
  )
}
