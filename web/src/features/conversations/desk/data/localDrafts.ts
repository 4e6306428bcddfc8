/** Drafts on this machine, for the time between a keystroke and the server's answer. */
import type { LocalDraft } from '../model/drafts'

const PREFIX = 'xiaoer.draft.'

export type DraftKind = 'reply' | 'note'

function keyOf(person: string, conversation: string, kind: DraftKind): string {
  return `${PREFIX}${person}.${conversation}.${kind}`
}

export function readLocalDraft(person: string, conversation: string, kind: DraftKind): LocalDraft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(person, conversation, kind)) ?? 'null') as LocalDraft | null
    return kept && typeof kept.text === 'string' && typeof kept.at === 'number' ? kept : null
  } catch {
    return null
  }
}

export function writeLocalDraft(person: string, conversation: string, kind: DraftKind, draft: LocalDraft): void {
  try {
    // What the server has need not be kept twice; words taken away are remembered until it knows.
    if (draft.synced || (draft.text === '' && kind === 'note')) localStorage.removeItem(keyOf(person, conversation, kind))
    else localStorage.setItem(keyOf(person, conversation, kind), JSON.stringify(draft))
  } catch {
    // full or forbidden: the server's copy is then the only one
  }
}
