import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Refusal } from '@/api'
import { ME, summary } from '../testing'
import type { Summary } from '../wire'
import { DeskStore } from './deskStore'
import { fetchMissing } from './missing'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(answer: (id: string) => Summary) {
  const store = new DeskStore('shop', ME)
  const asked: string[] = []
  const stop = fetchMissing(store, async (id) => {
    asked.push(id)
    return answer(id)
  })
  return { store, asked, stop }
}

describe('what the shelf misses', () => {
  it('is fetched, gathered and each once', async () => {
    const { store, asked } = setUp((id) => summary(id))
    store.doubt(['a'])
    store.doubt(['b'])
    store.doubt(['a'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual(['a', 'b'])
    expect(store.shelf.get().missing.size).toBe(0)
  })

  it('an answer that news has overtaken ends the asking, and the news stays', async () => {
    const { store, asked } = setUp((id) => summary(id, { version: 2, last_text: 'old' }))
    store.put([summary('a', { version: 9 })])
    store.doubt(['a'])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked).toEqual(['a'])
    expect(store.find('a')).toMatchObject({ version: 9, last_text: 'hello' })
  })

  it('out of reach is gone; a server that is away is asked again later', async () => {
    let away = true
    const { store, asked } = setUp((id) => {
      if (id === 'foreign') throw new Refusal({ kind: 'not_found' })
      if (away) throw new Refusal({ kind: 'unavailable' })
      return summary(id)
    })
    store.put([summary('foreign')])
    store.doubt(['foreign', 'a'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(store.find('foreign')).toBeUndefined()
    expect(asked).toEqual(['foreign', 'a'])
    away = false
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked).toEqual(['foreign', 'a', 'a'])
    expect(store.find('a')).toBeDefined()
  })

  it('stops when the desk closes', async () => {
    const { store, asked, stop } = setUp((id) => summary(id))
    store.doubt(['a'])
    stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked).toEqual([])
  })
})
