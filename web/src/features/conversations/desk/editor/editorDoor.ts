/** How other parts of the desk reach the editor: to give it words, or the keyboard. */
import { createContext, useContext } from 'react'

export interface EditorDoor {
  /** Adds words to what is being written; back from a message that was not taken. */
  take: (text: string) => void
  focus: () => void
  /** Sends a card at once. */
  sendCard: (card: { kind: 'order' | 'product'; id: string }) => void
}

export class EditorDoorway implements EditorDoor {
  #editor: EditorDoor | null = null

  /** The editor that is shown answers; returns how to leave. */
  open(editor: EditorDoor): () => void {
    this.#editor = editor
    return () => {
      if (this.#editor === editor) this.#editor = null
    }
  }

  readonly take = (text: string): void => this.#editor?.take(text)
  readonly focus = (): void => this.#editor?.focus()
  readonly sendCard = (card: { kind: 'order' | 'product'; id: string }): void => this.#editor?.sendCard(card)
}

const DoorContext = createContext<EditorDoorway>(new EditorDoorway())
export const EditorDoorProvider = DoorContext.Provider

export function useEditorDoor(): EditorDoorway {
  return useContext(DoorContext)
}
