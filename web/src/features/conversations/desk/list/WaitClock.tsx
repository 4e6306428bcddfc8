import { ClockCircleOutlined } from '@ant-design/icons'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { describeDuration } from '@/ui/duration'
import { lazily } from '@/ui/lazily'
import { RelativeTime } from '@/ui/RelativeTime'
import { useFromNow } from '@/ui/serverClock'
import type { Summary } from '../wire'

const ReplyWhy = lazily<{ summary: Summary }>(() => import('../thread/ReplyWhy'))

/** What time says about a conversation: until when an answer is due, since when the buyer waits, when it wakes. */
export function WaitClock({ summary, short = false }: { summary: Summary; short?: boolean }) {
  const { t } = useTranslation('conversations')
  if (summary.reply_due_at) {
    return (
      <Countdown
        due={summary.reply_due_at}
        warn={summary.reply_warn_at}
        set={summary.waiting_since}
        then={t('desk.clock.then')}
        short={short}
        {...(short ? {} : { why: <ReplyWhy summary={summary} /> })}
      />
    )
  }
  if (summary.state === 'snoozed' && summary.snoozed_until) {
    return (
      <span className="xd-quiet">
        <ClockCircleOutlined aria-hidden /> <RelativeTime at={summary.snoozed_until} />
      </span>
    )
  }
  if (summary.waiting_since) return <Waited since={summary.waiting_since} />
  return summary.last_at && short ? (
    <span className="xd-quiet">
      <RelativeTime at={summary.last_at} />
    </span>
  ) : null
}

/** The buyer waits without a deadline (outside the hours of the promise). */
function Waited({ since }: { since: string }) {
  const { t } = useTranslation('conversations')
  const { t: say } = useTranslation('ui')
  const start = Date.parse(since)
  const seconds = useFromNow((now) => {
    const passed = Math.max(0, Math.floor((now - start) / 1_000))
    return passed < 3_600 ? passed : Math.floor(passed / 60) * 60
  })
  const { key, values } = describeDuration(seconds * 1_000)
  return <span className="xd-quiet x-figures">{t('desk.clock.waited', { time: say(key, values) })}</span>
}
