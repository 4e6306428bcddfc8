/** Where unsent messages wait through a closed page: IndexedDB, or localStorage where that is forbidden. */
import { idOf, type OutboxItem } from './outbox'

export interface OutboxKeep {
  load: () => Promise<OutboxItem[]>
  save: (item: OutboxItem) => Promise<void>
  forget: (clientId: string) => Promise<void>
}

const DATABASE = 'xiaoer'
const TABLE = 'outbox'

/** `owner`: whose messages; another person on the same machine never sends them. */
export function openKeep(owner: string, factory: IDBFactory | undefined = globalThis.indexedDB): OutboxKeep {
  let chosen: Promise<OutboxKeep> | null = null
  const keep = () => {
    chosen ??= openDatabase(factory).then(
      (database) => databaseKeep(database, owner),
      () => localKeep(owner),
    )
    return chosen
  }
  return {
    load: async () => (await keep()).load(),
    save: async (item) => (await keep()).save(item),
    forget: async (clientId) => (await keep()).forget(clientId),
  }
}

interface Kept {
  owner: string
  client_id: string
  at: number
  item: OutboxItem
}

function openDatabase(factory: IDBFactory | undefined): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (!factory) {
      reject(new Error('no IndexedDB'))
      return
    }
    const request = factory.open(DATABASE, 1)
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(TABLE, { keyPath: ['owner', 'client_id'] })
    })
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
    request.addEventListener('blocked', () => reject(new Error('IndexedDB is blocked')))
  })
}

function databaseKeep(database: IDBDatabase, owner: string): OutboxKeep {
  const within = <Result>(mode: IDBTransactionMode, ask: (table: IDBObjectStore) => IDBRequest<Result>) =>
    new Promise<Result>((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode)
      const request = ask(transaction.objectStore(TABLE))
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('error', () => reject(transaction.error ?? new Error('IndexedDB')))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB')))
    })
  return {
    async load() {
      const mine = IDBKeyRange.bound([owner, ''], [owner, '\uFFFF'])
      const rows = await within('readonly', (table) => table.getAll(mine) as IDBRequest<Kept[]>)
      return rows.toSorted((a, b) => a.at - b.at).map((row) => row.item)
    },
    async save(item) {
      const row: Kept = { owner, client_id: idOf(item), at: item.at, item }
      await within('readwrite', (table) => table.put(row))
    },
    async forget(clientId) {
      await within('readwrite', (table) => table.delete([owner, clientId]))
    },
  }
}

/** One key a message, so that two tabs do not overwrite each other. */
export function localKeep(owner: string, storage: Storage | undefined = safeStorage()): OutboxKeep {
  const prefix = `xiaoer.outbox.${owner}.`
  const keys = () => (storage ? Object.keys(storage).filter((key) => key.startsWith(prefix)) : [])
  const read = (key: string): OutboxItem[] => {
    try {
      return [JSON.parse(storage?.getItem(key) ?? '') as OutboxItem]
    } catch {
      return []
    }
  }
  return {
    async load() {
      return keys().flatMap(read).toSorted((a, b) => a.at - b.at)
    },
    async save(item) {
      try {
        storage?.setItem(prefix + idOf(item), JSON.stringify(item))
      } catch {
        // full or forbidden: the message then lives as long as the page
      }
    },
    async forget(clientId) {
      storage?.removeItem(prefix + clientId)
    },
  }
}

function safeStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}
