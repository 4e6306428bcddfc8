import { BulbOutlined, EditOutlined, StopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { useMode } from '@/ui/mode'
import { tone } from '@/ui/theme'
import { Why } from '@/ui/Why'
import { type Finding, isHeld, type Review, rewriteOne, toTell, wordsOf } from './findings'
import * as heeding from './heeding'
import { HeldWays } from './HeldWays'
import './guard.css'

const SHOWN = 3

export interface FindingsLineProps {
  /** The words that were looked at. */
  text: string
  review: Review
  /** They are still the words in the editor; a rewrite of older ones would take newer ones away. */
  fresh: boolean
  onRewrite: (text: string) => void
  shop: string
  conversation: string
  /** A proof is on file: the words are to be looked at again. */
  onProved: () => void
}

/** What was found, in one line for each, with the better words as a button. */
export default function FindingsLine({ text, review, fresh, onRewrite, shop, conversation, onProved }: FindingsLineProps) {
  const { t } = useTranslation('guard')
  const told = toTell(review.findings)
  const held = isHeld(review.verdict)
  const first = told[0]
  useEffect(() => heeding.told(conversation, text, review.findings), [conversation, text, review])
  useSpoken(first ? `${first.reason} ${told.length}` : '', first?.reason)
  if (!first) return null
  const take = (better: string, finding: Finding | null) => {
    heeding.took(conversation, finding)
    onRewrite(better)
  }
  return (
    <div className="xg-line" role="group" aria-label={t('desk.findings')}>
      <ul className="xg-list">
        {told.slice(0, SHOWN).map((finding) => (
          <One key={`${finding.start} ${finding.kind}`} text={text} finding={finding} fresh={fresh} take={take} />
        ))}
        {told.length > SHOWN ? <li className="xg-quiet">{t('desk.more', { count: told.length - SHOWN })}</li> : null}
      </ul>
      {review.text !== text && (held || told.length > 1) ? (
        <Button size="small" disabled={!fresh} icon={<EditOutlined aria-hidden />} title={review.text} onClick={() => take(review.text, null)}>
          {t('desk.rewrite_all')}
        </Button>
      ) : null}
      {held && fresh ? <HeldWays shop={shop} conversation={conversation} text={text} onProved={onProved} /> : null}
    </div>
  )
}

function One({ text, finding, fresh, take }: { text: string; finding: Finding; fresh: boolean; take: (better: string, finding: Finding) => void }) {
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
        <Button size="small" type="link" disabled={!fresh} onClick={() => take(rewriteOne(text, finding), finding)}>
          {t('desk.say_instead', { words: finding.suggestion })}
        </Button>
      ) : null}
    </li>
  )
}

/** A finding is heard once, when it comes. */
function useSpoken(key: string, reason: string | undefined): void {
  const { t } = useTranslation('guard')
  const before = useRef('')
  useEffect(() => {
    if (key !== before.current && reason) announce(t(`reason.${reason as 'insult'}`))
    before.current = key
  }, [key, reason, t])
}
