/** Unsent words: what the server keeps, what this machine keeps, and which of them wins. Pure. */

/** What this machine remembers of a draft. */
export interface LocalDraft {
  text: string
  /** When it was last touched here, milliseconds by the server's clock. */
  at: number
  /** The server has these words. */
  synced: boolean
}

export interface ServerDraft {
  text: string
  at: string
}

export interface Chosen {
  text: string
  /** Other words that were not chosen and are offered to be taken back. */
  other: string | null
  /** The chosen words must still be told to the server. */
  unsaved: boolean
}

/** Words written without the server survive; words written later elsewhere come first, and both are kept. */
export function chooseDraft(local: LocalDraft | null, server: ServerDraft | null): Chosen {
  const kept = server?.text ?? ''
  if (!local || local.synced || local.text === kept) return { text: kept, other: null, unsaved: false }
  const keptAt = server && server.text !== '' ? Date.parse(server.at) : 0
  // Words that were taken away or sent here are not offered again.
  if (local.at >= keptAt) return { text: local.text, other: kept === '' || local.text === '' ? null : kept, unsaved: true }
  return { text: kept, other: local.text === '' ? null : local.text, unsaved: false }
}

export type DraftPhase = 'clean' | 'dirty' | 'saving' | 'failed'

export interface DraftState {
  text: string
  /** What the server is known to have. */
  saved: string
  phase: DraftPhase
}

export type DraftInput =
  | { is: 'opened'; text: string; saved: string }
  | { is: 'typed'; text: string }
  | { is: 'saving' }
  | { is: 'saved'; text: string }
  | { is: 'failed' }

export function stepDraft(state: DraftState, input: DraftInput): DraftState {
  switch (input.is) {
    case 'opened':
      return { text: input.text, saved: input.saved, phase: input.text === input.saved ? 'clean' : 'dirty' }
    case 'typed':
      return { ...state, text: input.text, phase: input.text === state.saved && state.phase !== 'saving' ? 'clean' : 'dirty' }
    case 'saving':
      return { ...state, phase: 'saving' }
    case 'saved':
      return { ...state, saved: input.text, phase: state.text === input.text ? 'clean' : 'dirty' }
    case 'failed':
      return { ...state, phase: 'failed' }
  }
}
