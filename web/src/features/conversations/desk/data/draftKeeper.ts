/** The words in an editor: kept by the server, and on this machine until the server has them. */
import { Box } from '@/realtime/store'
import { chooseDraft, type DraftInput, type DraftState, type LocalDraft, type ServerDraft, stepDraft } from '../model/drafts'

export interface DraftView extends DraftState {
  /** Other words, written elsewhere, or here without the server. */
  other: string | null
}

export interface DraftDoors {
  load: (signal: AbortSignal) => Promise<ServerDraft>
  /** `leaving`: the page may be gone before the answer. */
  save: (text: string, leaving: boolean) => Promise<unknown>
  readLocal: () => LocalDraft | null
  writeLocal: (draft: LocalDraft) => void
  now: () => number
  after: (ms: number, run: () => void) => () => void
}

const SAVE_AFTER_MS = 700
const AGAIN_MS = 5_000

export class DraftKeeper {
  readonly view: Box<DraftView>
  readonly #doors: DraftDoors
  #touched = false
  #cancel: (() => void) | null = null
  #leaving = new AbortController()

  constructor(doors: DraftDoors) {
    this.#doors = doors
    this.view = new Box<DraftView>({ text: doors.readLocal()?.text ?? '', saved: '', phase: 'clean', other: null })
  }

  /** Asks for what the server has; what is returned saves what is left and stops. */
  start(): () => void {
    this.#leaving = new AbortController()
    void this.#load(this.#leaving.signal)
    return () => {
      this.#leaving.abort()
      this.save(true)
      this.#cancelTimer()
    }
  }

  readonly setText = (text: string): void => {
    this.#touched = true
    if (text === this.view.get().text) return
    this.#step({ is: 'typed', text })
    this.#doors.writeLocal({ text, at: this.#doors.now(), synced: false })
    this.#saveAfter(text === '' ? 0 : SAVE_AFTER_MS)
  }

  readonly takeOther = (): void => {
    const { text, other } = this.view.get()
    if (other === null) return
    this.setText(other)
    this.view.set({ ...this.view.get(), other: text === '' ? null : text })
  }

  readonly dropOther = (): void => this.view.set({ ...this.view.get(), other: null })

  readonly save = (leaving = false): void => {
    this.#cancelTimer()
    const { text, phase } = this.view.get()
    if (phase === 'clean' || (phase === 'saving' && !leaving)) return
    this.#step({ is: 'saving' })
    this.#doors.save(text, leaving).then(
      () => this.#saved(text),
      () => {
        this.#step({ is: 'failed' })
        this.#saveAfter(AGAIN_MS)
      },
    )
  }

  async #load(signal: AbortSignal): Promise<void> {
    try {
      const server = await this.#doors.load(signal)
      // Words typed while the answer was on its way are the newest.
      if (signal.aborted || this.#touched) return
      const chosen = chooseDraft(this.#doors.readLocal(), server)
      this.#step({ is: 'opened', text: chosen.text, saved: server.text })
      this.view.set({ ...this.view.get(), other: chosen.other })
      if (chosen.unsaved) this.save()
    } catch {
      // The words here stay; saving them tells the rest.
    }
  }

  #saved(text: string): void {
    this.#step({ is: 'saved', text })
    const view = this.view.get()
    this.#doors.writeLocal({ text: view.text, at: this.#doors.now(), synced: view.text === text })
    if (view.phase === 'dirty') this.#saveAfter(SAVE_AFTER_MS)
  }

  #step(input: DraftInput): void {
    const { other, ...state } = this.view.get()
    this.view.set({ ...stepDraft(state, input), other })
  }

  #saveAfter(ms: number): void {
    this.#cancelTimer()
    this.#cancel = this.#doors.after(ms, () => {
      this.#cancel = null
      this.save()
    })
  }

  #cancelTimer(): void {
    this.#cancel?.()
    this.#cancel = null
  }
}
