import { describe, expect, it } from 'vitest'
import { Refusal } from '@/api'
import { settled, VirtualWorld } from '@/realtime/testing'
import type { LocalDraft, ServerDraft } from '../model/drafts'
import { DraftKeeper } from './draftKeeper'

/** A server and a machine that outlive pages. */
class Kept {
  readonly world = new VirtualWorld()
  server: ServerDraft = { text: '', at: new Date(this.world.time).toISOString() }
  local: LocalDraft | null = null
  away = false
  readonly saves: string[] = []

  open(): DraftKeeper {
    return new DraftKeeper({
      load: async () => this.#answer(this.server),
      save: async (text) => {
        this.#answer(null)
        this.saves.push(text)
        this.server = { text, at: new Date(this.world.time).toISOString() }
      },
      readLocal: () => this.local,
      writeLocal: (draft) => {
        this.local = draft.synced ? null : draft
      },
      now: this.world.now,
      after: this.world.after,
    })
  }

  #answer<Given>(given: Given): Given {
    if (this.away) throw new Refusal({ kind: 'unavailable' })
    return given
  }
}

describe('words kept for a conversation', () => {
  it('come back on another machine and after a reload', async () => {
    const kept = new Kept()
    const page = kept.open()
    page.start()
    await settled()
    page.setText('hello')
    await kept.world.pass(2_000)
    expect(kept.saves).toEqual(['hello'])
    const other = kept.open()
    other.start()
    await settled()
    expect(other.view.get()).toMatchObject({ text: 'hello', phase: 'clean', other: null })
  })

  it('fast typing saves seldom, and the last words', async () => {
    const kept = new Kept()
    const page = kept.open()
    page.start()
    await settled()
    for (const text of ['h', 'he', 'hel', 'hello']) {
      page.setText(text)
      await kept.world.pass(100)
    }
    await kept.world.pass(2_000)
    expect(kept.saves).toEqual(['hello'])
    expect(page.view.get().phase).toBe('clean')
  })

  it('without the server they stay here, and are told when it is back', async () => {
    const kept = new Kept()
    const page = kept.open()
    page.start()
    await settled()
    kept.away = true
    page.setText('kept')
    await kept.world.pass(2_000)
    expect(page.view.get().phase).toBe('failed')
    expect(kept.local).toMatchObject({ text: 'kept', synced: false })
    kept.away = false
    await kept.world.pass(10_000)
    expect(kept.server.text).toBe('kept')
    expect(kept.local).toBeNull()
  })

  it('words written here without the server win over older ones, and the older are offered', async () => {
    const kept = new Kept()
    kept.server = { text: 'older', at: new Date(kept.world.time - 1_000).toISOString() }
    kept.local = { text: 'newer', at: kept.world.time, synced: false }
    const page = kept.open()
    expect(page.view.get().text).toBe('newer')
    page.start()
    await kept.world.pass(2_000)
    expect(page.view.get()).toMatchObject({ text: 'newer', other: 'older' })
    expect(kept.server.text).toBe('newer')
    page.takeOther()
    expect(page.view.get()).toMatchObject({ text: 'older', other: 'newer' })
  })

  it('words typed before the server answered are not overwritten', async () => {
    const kept = new Kept()
    kept.server = { text: 'from elsewhere', at: new Date(kept.world.time).toISOString() }
    const page = kept.open()
    page.start()
    page.setText('typed')
    await kept.world.pass(2_000)
    expect(page.view.get().text).toBe('typed')
    expect(kept.server.text).toBe('typed')
  })

  it('leaving saves what is left, at once', async () => {
    const kept = new Kept()
    const page = kept.open()
    const leave = page.start()
    await settled()
    page.setText('half a')
    leave()
    await settled()
    expect(kept.server.text).toBe('half a')
  })

  it('sent words are forgotten at once', async () => {
    const kept = new Kept()
    const page = kept.open()
    page.start()
    await settled()
    page.setText('sent')
    await kept.world.pass(2_000)
    page.setText('')
    await kept.world.pass(10)
    expect(kept.server.text).toBe('')
  })
})
