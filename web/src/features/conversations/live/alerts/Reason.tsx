import { Tag } from 'antd'
import { useTranslation } from '@/i18n/react'
import { DecisionsButton } from '@/ui/Decisions'
import { type Alert, whyAlert } from './wire'

/** Features of the model that have a word of their own; everything else is a piece of the message itself. */
const SIGNS = [
  'buyer_upset',
  'buyer_urge',
  'buyer_doubt',
  'buyer_denied',
  'buyer_leave',
  'buyer_you',
  'buyer_call',
  'buyer_request',
  'call',
  'again',
  'same',
  'alone',
  'shouts',
  'questions',
  'question',
  'before_upset',
  'before_urge',
  'before_doubt',
  'lately_upset',
  'answer_none',
  'answer_empty',
  'answer_refused',
  'turn',
  'length',
  'first',
] as const
type Sign = (typeof SIGNS)[number]

function signOf(part: string): Sign | undefined {
  const name = part.replace('.', '_')
  return SIGNS.find((one) => one === name)
}

/** What the alert is about, in words: the reason, how sure the model is, and the parts that weighed. */
export function Reason({ shop, alert }: { shop: string; alert: Alert }) {
  const { t } = useTranslation('inspection')
  return (
    <div>
      <strong>{t(`alert.reason.${alert.reason}`, { amount: alert.amount })}</strong>
      <div className="x-small x-quiet">
        {t('alert.risk_of', { risk: alert.risk })}
        {alert.percent == null ? '' : ` · ${t('alert.percent', { percent: alert.percent })}`}
      </div>
      {alert.why.length > 0 ? (
        <div className="x-small" style={{ marginBlock: 4 }}>
          {t('alert.weighed')}{' '}
          {alert.why.map((part) => {
            const sign = signOf(part)
            return <Tag key={part}>{sign ? t(`alert.sign.${sign}`) : `“${part}”`}</Tag>
          })}
        </div>
      ) : null}
      <DecisionsButton queryKey={['alerts', shop, 'why', alert.id]} load={(signal) => whyAlert(shop, alert.id, signal)} />
    </div>
  )
}
