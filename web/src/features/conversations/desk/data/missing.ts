/** Fetches what the shelf misses: gathered, some at a time, and later again when the server is away. */
import { asRefusal } from '@/api'
import { getConversation } from '../server'
import type { Summary } from '../wire'
import type { DeskStore } from './deskStore'

const GATHER_MS = 150
const AGAIN_MS = 3_000
const AT_ONCE = 8

type Get = (id: string) => Promise<Summary>

/** Begins to look after a store; returns how to stop. */
export function fetchMissing(store: DeskStore, get: Get = (id) => getConversation({ shop: store.shop, conversation: id })): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let busy = false
  let stopped = false

  const plan = (ms: number) => {
    if (stopped || busy || timer !== null || store.shelf.get().missing.size === 0) return
    timer = setTimeout(() => {
      timer = null
      void go()
    }, ms)
  }
  const go = async () => {
    busy = true
    const ids = [...store.shelf.get().missing].slice(0, AT_ONCE)
    const answered = await Promise.all(ids.map((id) => fetchOne(store, id, get)))
    busy = false
    plan(answered.every(Boolean) ? GATHER_MS : AGAIN_MS)
  }
  const stop = store.shelf.watch(() => plan(GATHER_MS))
  plan(GATHER_MS)
  return () => {
    stopped = true
    stop()
    if (timer !== null) clearTimeout(timer)
  }
}

/** False when nobody answered. */
async function fetchOne(store: DeskStore, id: string, get: Get): Promise<boolean> {
  try {
    store.put([await get(id)])
    const known = store.find(id)
    // An answer that news has overtaken is an answer all the same.
    if (known) store.put([known])
    return true
  } catch (error) {
    const { kind } = asRefusal(error)
    if (kind === 'unavailable' || kind === 'too_many') return false
    store.drop([id])
    return true
  }
}
