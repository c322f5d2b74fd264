import type { KeptDraft, Shelf } from './shelf.js'

const DRAFTS = 'drafts'
const SESSION = 'session'
/** Chromium tries for two seconds to open what a browser killed just before has not let go of, then says `UnknownError`. */
const TRIES = 4

/** Drafts in IndexedDB. What was kept is on the disk: it outlives the kill of the whole browser. */
export function indexedShelf(factory: IDBFactory, name: string): Shelf {
  let opened: Promise<IDBDatabase> | null = null

  const connect = (version?: number) =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open(name, version)
      const lacks = (store: string) => !request.result.objectStoreNames.contains(store)
      request.onupgradeneeded = () => {
        if (lacks(DRAFTS)) request.result.createObjectStore(DRAFTS, { keyPath: 'idempotencyKey' })
        if (lacks(SESSION)) request.result.createObjectStore(SESSION)
      }
      request.onsuccess = () => {
        const db = request.result
        // whoever deletes or mends the database shall not wait for us
        db.onversionchange = db.onclose = () => {
          db.close()
          opened = null
        }
        if (!lacks(DRAFTS) && !lacks(SESSION)) return resolve(db)
        // somebody else of this site opened it first, by its name alone
        db.close()
        resolve(connect(db.version + 1))
      }
      request.onerror = () => reject(request.error)
    })
  const insist = (tries: number): Promise<IDBDatabase> =>
    connect().catch((error: DOMException) => {
      if (tries > 1 && error.name === 'UnknownError') return insist(tries - 1)
      throw error
    })
  const open = () =>
    (opened ??= insist(TRIES).catch((error: unknown) => {
      opened = null
      throw error
    }))

  async function during<T>(mode: IDBTransactionMode, work: (stores: IDBTransaction) => IDBRequest<T>): Promise<T> {
    const db = await open()
    return new Promise((resolve, reject) => {
      const transaction = db.transaction([DRAFTS, SESSION], mode, { durability: 'strict' })
      transaction.onabort = () => reject(transaction.error)
      const request = work(transaction)
      transaction.oncomplete = () => resolve(request.result)
    })
  }

  return {
    durability: 'durable',
    keep: (draft) => during('readwrite', (stores) => stores.objectStore(DRAFTS).put(draft)),
    forget: (key) => during('readwrite', (stores) => stores.objectStore(DRAFTS).delete(key)),
    all: () => during('readonly', (stores) => stores.objectStore(DRAFTS).getAll() as IDBRequest<KeptDraft[]>),
    secret: async () =>
      (await during('readonly', (stores) => stores.objectStore(SESSION).get('secret') as IDBRequest<string>)) ?? null,
    keepSecret: (secret) => during('readwrite', (stores) => stores.objectStore(SESSION).put(secret, 'secret')),
    purge: () =>
      during('readwrite', (stores) => {
        stores.objectStore(DRAFTS).clear()
        return stores.objectStore(SESSION).clear()
      }),
  }
}
