import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeAll, describe, expect, it } from 'vitest'
import { MapStorage } from '@/testing/storage'
import { localKeep, openKeep, type OutboxKeep } from './keep'
import type { OutboxItem } from './outbox'
import { makeWish } from './testing'

beforeAll(() => {
  globalThis.IDBKeyRange = IDBKeyRange
})

const item = (n: number, at = n): OutboxItem => ({
  wish: makeWish(n), shop: null, at, state: 'queued', attempts: 0, door: null, refusal: null,
})

type Make = () => (owner: string) => OutboxKeep
const kinds: [string, Make][] = [
  ['IndexedDB', () => { const factory = new IDBFactory(); return (owner) => openKeep(owner, factory) }],
  ['localStorage', () => { const storage = new MapStorage(); return (owner) => localKeep(owner, storage) }],
]

describe.each(kinds)('kept in %s', (_name, make) => {
  it('come back in the order written, until forgotten', async () => {
    const open = make()
    const keep = open('p1')
    await Promise.all([keep.save(item(3)), keep.save(item(1)), keep.save(item(2))])
    await keep.forget('w1')
    const again = await open('p1').load()
    expect(again.map((each) => each.wish.client_id)).toEqual(['w2', 'w3'])
    expect(again[0]).toEqual(item(2))
  })

  it('belong to their writer alone', async () => {
    const open = make()
    await open('p1').save(item(1))
    await expect(open('p2').load()).resolves.toEqual([])
    await expect(open('p').load()).resolves.toEqual([])
  })

  it('the last word about a message counts', async () => {
    const keep = make()('p1')
    await keep.save(item(1))
    await keep.save({ ...item(1), state: 'failed' })
    await expect(keep.load()).resolves.toMatchObject([{ state: 'failed' }])
    await Promise.all([keep.save(item(1)), keep.forget('w1')])
    await expect(keep.load()).resolves.toEqual([])
  })
})

describe('without a place to keep', () => {
  it('a page still works', async () => {
    const keep = localKeep('p1', undefined)
    await keep.save(item(1))
    await expect(keep.load()).resolves.toEqual([])
  })

  it('what cannot be read is passed over', async () => {
    const storage = new MapStorage()
    storage.setItem('xiaoer.outbox.p1.w0', '{broken')
    const keep = localKeep('p1', storage)
    await keep.save(item(1))
    await expect(keep.load()).resolves.toHaveLength(1)
  })
})
