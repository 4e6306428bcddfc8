import { describe, expect, it } from 'vitest'
import type { Listener } from '@/realtime'
import { Refusal } from '@/api'
import { settled } from '@/realtime/testing'
import { entry, entryAdded, staffLine, summary } from '../testing'
import type { Entry, StaffLine } from '../wire'
import { type TimelineDoors, TimelineSession } from './timelineSession'

/** The server's side of one conversation, and who listens to it. */
class Shop {
  readonly log: Entry[]
  readonly staff: StaffLine[]
  readonly listeners = new Map<string, Listener>()
  readonly asked: string[] = []
  away = false

  constructor(entries: number, staff = 0) {
    this.log = Array.from({ length: entries }, (_, n) => entry(n + 1))
    this.staff = Array.from({ length: staff }, (_, n) => staffLine(n + 1, Math.min(entries, n + 1)))
  }

  readonly doors: TimelineDoors = {
    summary: async (at) => {
      if (this.away) throw new Refusal({ kind: 'unavailable', message: 'away' })
      return summary(at.conversation, { version: this.log.length, desk_version: this.staff.length, buyer_read: 1, buyer_delivered: 2 })
    },
    entries: async (_at, { before, after, limit }) => {
      this.asked.push(before === undefined ? `>${after}` : `<${before}`)
      if (before !== undefined) {
        const found = this.log.filter((each) => each.version < before).slice(-limit)
        return { data: found, has_more: (found[0]?.version ?? 1) > 1, next_cursor: null }
      }
      const found = this.log.filter((each) => each.version > (after ?? 0)).slice(0, limit)
      return { data: found, has_more: false, next_cursor: null }
    },
    staffLines: async (_at, after, limit) => ({ data: this.staff.filter((line) => line.version > after).slice(0, limit), has_more: false, next_cursor: null }),
  }

  readonly realtime = {
    subscribe: (topic: string, listener: Listener) => {
      this.listeners.set(topic, listener)
      return () => this.listeners.delete(topic)
    },
  }

  open(conversation: string): TimelineSession {
    return new TimelineSession({ shop: 's', conversation }, this.doors, this.realtime, { onSummary: () => {}, onDoubt: () => {} })
  }

  say(conversation: string, more: Partial<Entry> = {}): void {
    const added = entry(this.log.length + 1, { conversation_id: conversation, ...more })
    this.log.push(added)
    this.listeners.get(`conversation:${conversation}`)?.onEvent({ name: 'conversations.entry_added', version: added.version, body: entryAdded(added) })
  }
}

const shown = (session: TimelineSession) => session.view.get().timeline.entries.map((each) => each.version)

describe('a timeline that is looked at', () => {
  it('shows the newest stretch, listens from there, and tells how far the buyer is', async () => {
    const shop = new Shop(100, 3)
    const session = shop.open('a1')
    session.start()
    await settled()
    expect(session.view.get().ready).toBe(true)
    expect([shown(session)[0], shown(session).at(-1)]).toEqual([41, 100])
    expect(shop.listeners.get('conversation:a1')?.since).toBe(100)
    expect(shop.listeners.get('desk:a1')?.since).toBe(3)
    expect(session.view.get().timeline).toMatchObject({ buyerRead: 1, buyerDelivered: 2, older: true })
    shop.say('a1')
    expect(shown(session).at(-1)).toBe(101)
  })

  it('older entries are asked for once at a time, until the first', async () => {
    const shop = new Shop(100)
    const session = shop.open('a2')
    session.start()
    await settled()
    session.loadOlder()
    session.loadOlder()
    await settled()
    expect(shown(session)[0]).toBe(1)
    expect(session.view.get().timeline.older).toBe(false)
    session.loadOlder()
    await settled()
    expect(shop.asked.filter((each) => each === '<41')).toHaveLength(1)
  })

  it('a jump shows what was said there; new words are only heard of until one is back at the end', async () => {
    const shop = new Shop(300)
    const session = shop.open('a3')
    session.start()
    await settled()
    await session.jumpTo(100)
    expect(shown(session)).toContain(100)
    expect(shown(session).at(-1)).toBeLessThan(200)
    shop.say('a3')
    expect(session.view.get().timeline.newest).toBe(301)
    expect(shown(session)).not.toContain(301)
    await session.toEnd()
    expect(shown(session).at(-1)).toBe(301)
  })

  it('a jump to what is shown asks nothing', async () => {
    const shop = new Shop(50)
    const session = shop.open('a4')
    session.start()
    await settled()
    const before = shop.asked.length
    await session.jumpTo(20)
    expect(shop.asked.length).toBe(before)
  })

  it('going back to a conversation shows it at once and fetches only what was missed', async () => {
    const shop = new Shop(10)
    const leave = shop.open('a5').start()
    await settled()
    leave()
    expect(shop.listeners.size).toBe(0)
    shop.log.push(entry(11))
    const again = shop.open('a5')
    expect(again.view.get().ready).toBe(true)
    again.start()
    await settled()
    expect(shop.listeners.get('conversation:a5')?.since).toBe(10)
    expect(shop.asked).toHaveLength(1)
    const { version, events } = (await shop.listeners.get('conversation:a5')?.fetch(10, new AbortController().signal)) ?? {}
    expect([version, events?.length]).toEqual([11, 1])
  })

  it('an error says why, and trying again heals it', async () => {
    const shop = new Shop(5)
    shop.away = true
    const session = shop.open('a6')
    session.start()
    await settled()
    expect(session.view.get()).toMatchObject({ ready: false, error: { message: 'away' } })
    shop.away = false
    await session.load()
    expect(session.view.get()).toMatchObject({ ready: true, error: null })
    expect(shown(session)).toEqual([1, 2, 3, 4, 5])
  })

  it('what comes after one has left changes nothing', async () => {
    const shop = new Shop(5)
    const session = shop.open('a7')
    session.start()()
    await settled()
    expect(session.view.get().ready).toBe(false)
    expect(shop.listeners.size).toBe(0)
  })
})
