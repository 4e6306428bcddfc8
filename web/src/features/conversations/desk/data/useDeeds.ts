/** What one does with a conversation: asked of the server, and told in one calm line when refused. */
import { useCallback } from 'react'
import { asRefusal } from '@/api'
import { type At, handOver, merge, type PlainDeed, plainDeed, putTags, recall, share, snooze, type Target, whisper, writeNote } from '../server'
import type { Stands, Summary } from '../wire'
import { type DeskStore, useDesk } from './deskStore'

export interface Deeds {
  plain: (deed: PlainDeed) => Promise<boolean>
  handOver: (deed: 'transfer' | 'assign', to: Target, note: string) => Promise<boolean>
  share: (person: string) => Promise<boolean>
  snooze: (until: Date) => Promise<boolean>
  merge: (into: string) => Promise<boolean>
  note: (text: string, mentions: string[]) => Promise<boolean>
  whisper: (text: string) => Promise<boolean>
  tags: (tags: readonly string[]) => Promise<boolean>
  recall: (version: number) => Promise<boolean>
}

export function useDeeds({ shop, conversation }: At): Deeds {
  const store = useDesk()
  const run = useCallback(
    async (ask: () => Promise<unknown>): Promise<boolean> => {
      try {
        const answer = await ask()
        store.tell(null)
        if (isStands(answer)) stand(store, answer)
        store.doubt([conversation])
        return true
      } catch (error) {
        const refusal = asRefusal(error)
        store.tell({ text: refusal.message, row: refusal.row })
        store.doubt([conversation])
        return false
      }
    },
    [store, conversation],
  )
  return {
    plain: (deed) => run(() => plainDeed({ shop, conversation }, deed)),
    handOver: (deed, to, note) => run(() => handOver({ shop, conversation }, deed, to, note)),
    share: (person) => run(() => share({ shop, conversation }, person)),
    snooze: (until) => run(() => snooze({ shop, conversation }, until)),
    merge: (into) => run(() => merge({ shop, conversation }, into)),
    note: (text, mentions) => run(() => writeNote({ shop, conversation }, text, mentions)),
    whisper: (text) => run(() => whisper({ shop, conversation }, text)),
    tags: (tags) => run(() => putTags({ shop, conversation }, tags)),
    recall: (version) => run(() => recall({ shop, conversation }, version)),
  }
}

/** Takes over how it stands now; names come with the answer that is asked for next. */
function stand(store: DeskStore, stands: Stands): void {
  const known = store.find(stands.id)
  if (!known) return
  const { id, assignee_id: assignee, ...rest } = stands
  const name = assignee === known.assignee?.id ? known.assignee?.name : ''
  const next: Summary = { ...known, ...rest, id, assignee: assignee === null ? null : { id: assignee, name: name ?? '' } }
  store.put([next])
}

function isStands(answer: unknown): answer is Stands {
  return typeof answer === 'object' && answer !== null && 'deeds' in answer && 'desk_version' in answer
}
