/** What one shop's desk knows, shared by its columns: the shelf of conversations, and one line of notice. */
import { createContext, useContext, useSyncExternalStore } from 'react'
import { Box } from '@/realtime/store'
import { doubt, drop, EMPTY_SHELF, hear, put, type Shelf, type ShelfNews } from '../model/shelf'
import type { Summary } from '../wire'

export interface Notice {
  text: string
  row?: string | null
}

export class DeskStore {
  readonly shelf = new Box<Shelf>(EMPTY_SHELF)
  readonly notice = new Box<Notice | null>(null)
  readonly shop: string
  readonly me: string

  constructor(shop: string, me: string) {
    this.shop = shop
    this.me = me
  }

  put(summaries: readonly Summary[]): void {
    this.shelf.set(put(this.shelf.get(), summaries))
  }

  drop(ids: readonly string[]): void {
    this.shelf.set(drop(this.shelf.get(), ids))
  }

  doubt(ids: readonly string[]): void {
    this.shelf.set(doubt(this.shelf.get(), ids))
  }

  hear(news: ShelfNews): void {
    this.shelf.set(hear(this.shelf.get(), news, this.me))
  }

  find(id: string): Summary | undefined {
    return this.shelf.get().byId.get(id)
  }

  tell(notice: Notice | null): void {
    this.notice.set(notice)
  }
}

const StoreContext = createContext<DeskStore | null>(null)
export const DeskStoreProvider = StoreContext.Provider

export function useDesk(): DeskStore {
  const store = useContext(StoreContext)
  if (!store) throw new Error('this needs a desk around it')
  return store
}

export function useShelf(): Shelf {
  const { shelf } = useDesk()
  return useSyncExternalStore(shelf.watch, shelf.get)
}

/** One conversation as it stands; redraws only when it changes. */
export function useSummary(id: string | null): Summary | undefined {
  const { shelf } = useDesk()
  return useSyncExternalStore(shelf.watch, () => (id === null ? undefined : shelf.get().byId.get(id)))
}

export function useNotice(): Notice | null {
  const { notice } = useDesk()
  return useSyncExternalStore(notice.watch, notice.get)
}
