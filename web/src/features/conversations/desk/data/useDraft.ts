import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useServerNow } from '@/ui/serverClock'
import { type At, getDraft, putDraft } from '../server'
import { useDesk } from './deskStore'
import { DraftKeeper, type DraftView } from './draftKeeper'
import { readLocalDraft, writeLocalDraft } from './localDrafts'

export interface Drafting {
  keeper: DraftKeeper
  draft: DraftView
}

/** The words to the buyer, kept for each conversation. */
export function useDraft({ shop, conversation }: At): Drafting {
  const { me } = useDesk()
  const now = useServerNow()
  const keeper = useMemo(
    () =>
      new DraftKeeper({
        load: (signal) => getDraft({ shop, conversation }, signal),
        save: (text, leaving) => putDraft({ shop, conversation }, text, leaving),
        readLocal: () => readLocalDraft(me, conversation, 'reply'),
        writeLocal: (draft) => writeLocalDraft(me, conversation, 'reply', draft),
        now,
        after: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
      }),
    [shop, conversation, me, now],
  )
  useEffect(() => {
    const leave = () => keeper.save(true)
    const stop = keeper.start()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      stop()
    }
  }, [keeper])
  const draft = useSyncExternalStore(keeper.view.watch, keeper.view.get)
  return { keeper, draft }
}

/** Notes and whispers are unsent words of this machine alone. */
export function useLocalWords(conversation: string): [string, (text: string) => void] {
  const { me } = useDesk()
  const now = useServerNow()
  const [text, setText] = useState(() => readLocalDraft(me, conversation, 'note')?.text ?? '')
  const set = useCallback(
    (next: string) => {
      setText(next)
      writeLocalDraft(me, conversation, 'note', { text: next, at: now(), synced: false })
    },
    [conversation, me, now],
  )
  return [text, set]
}
