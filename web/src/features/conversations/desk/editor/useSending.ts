/** What leaves the editor: messages held for a moment, notes and whispers at once. */
import { useCallback } from 'react'
import type { Wish } from '@/realtime'
import { useRealtime } from '@/realtime/react'
import { useColleagues } from '../data/useNames'
import { useDeeds } from '../data/useDeeds'
import { useDesk } from '../data/deskStore'
import { useHolding } from '../data/useHolding'
import { undoSeconds } from '../data/preferences'
import { newClientId } from '../model/ids'
import { mentionsIn } from '../model/mentions'
import type { StoredFile } from '../wire'

export type Mode = 'reply' | 'note' | 'whisper'

export interface Sending {
  text: (text: string, replyTo: number | null) => void
  card: (card: { kind: 'order' | 'product'; id: string }) => void
  file: (file: StoredFile) => void
  staff: (mode: 'note' | 'whisper', text: string) => Promise<boolean>
  typing: (on: boolean) => void
}

export function useSending(conversation: string): Sending {
  const { shop } = useDesk()
  const realtime = useRealtime()
  const holding = useHolding()
  const deeds = useDeeds({ shop, conversation })
  const { data: colleagues } = useColleagues()
  const hold = useCallback(
    (wish: Omit<Wish, 'conversation_id' | 'client_id'>) =>
      holding.hold({ ...wish, conversation_id: conversation, client_id: newClientId() }, undoSeconds() * 1_000),
    [holding, conversation],
  )
  return {
    text: (text, replyTo) => hold({ kind: 'text', text, ...(replyTo === null ? {} : { reply_to: replyTo }) }),
    card: (card) => hold({ kind: 'card', card }),
    file: (file) => hold({ kind: file.media_type.startsWith('image/') && file.width !== null ? 'image' : 'file', file_id: file.id }),
    staff: (mode, text) => (mode === 'note' ? deeds.note(text, mentionsIn(text, colleagues ?? [])) : deeds.whisper(text)),
    typing: (on) => realtime.typing(conversation, on),
  }
}
