import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { useOutbox, useRealtime, useViewing } from '@/realtime/react'
import { announce } from '@/ui/announce'
import { StateBlock } from '@/ui/StateBlock'
import { useDesk, useSummary } from '../data/deskStore'
import { usePresence } from '../data/usePresence'
import { useTimeline } from '../data/useTimeline'
import { Editor } from '../editor/Editor'
import { isAttached, lastVersion } from '../model/timeline'
import { useParts } from '../parts'
import type { Entry } from '../wire'
import { Header, type HeaderProps } from './Header'
import { NoticeLine } from './NoticeLine'
import { Timeline } from './Timeline'
import { TypingLine } from './TypingLine'

export interface ThreadProps extends Omit<HeaderProps, 'summary' | 'presence'> {
  conversation: string
  /** A message to show, from a search or an address. */
  at: number | null
}

/** The middle column: one buyer's conversation with this shop. Mount it anew for each conversation. */
export function Thread({ conversation, at, ...header }: ThreadProps) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const { Steps } = useParts()
  const summary = useSummary(conversation)
  const outbox = useOutbox(conversation)
  const { presence, onTyping, onViewing, onSpoken } = usePresence()
  const onEntry = useCallback(
    (entry: Entry) => {
      onSpoken(entry)
      if (entry.role === 'buyer' && entry.kind !== 'recall') announce(t('desk.heard', { name: entry.name, words: entry.shown ?? entry.text }))
    },
    [onSpoken, t],
  )
  const { session, view } = useTimeline({ shop, conversation }, { onTyping, onViewing, onEntry })
  const [replyTo, setReplyTo] = useState<Entry | null>(null)
  useViewing(view.ready ? conversation : null)
  useSeen(conversation, view.ready && isAttached(view.timeline) ? lastVersion(view.timeline) : 0)

  if (!summary) {
    if (view.error) return <StateBlock state="error" error={view.error} onRetry={() => void session.load()} />
    return <StateBlock state="loading" skeleton="thread" />
  }
  return (
    <>
      <Header summary={summary} presence={presence} {...header} />
      <NoticeLine />
      <Timeline summary={summary} session={session} view={view} outbox={outbox} at={at} onReply={setReplyTo} />
      <TypingLine presence={presence} />
      {summary.state === 'assigned' ? <Steps shop={shop} conversation={conversation} version={lastVersion(view.timeline)} /> : null}
      <Editor summary={summary} replyTo={replyTo} onReplyTo={setReplyTo} />
    </>
  )
}

/** What stands on a screen that is looked at has been read. */
function useSeen(conversation: string, version: number): void {
  const realtime = useRealtime()
  const latest = useRef(version)
  useEffect(() => {
    latest.current = version
    const say = () => {
      if (latest.current > 0 && document.visibilityState === 'visible' && document.hasFocus()) realtime.seen(conversation, latest.current)
    }
    say()
    addEventListener('focus', say)
    document.addEventListener('visibilitychange', say)
    return () => {
      removeEventListener('focus', say)
      document.removeEventListener('visibilitychange', say)
    }
  }, [realtime, conversation, version])
}
