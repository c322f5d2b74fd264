import type { KeptDraft, Shelf } from './shelf.js'

const DRAFTS = 'drafts'
const SESSION = 'session'

/** Drafts in IndexedDB. What was kept is on the disk: it outlives the kill of the whole browser. */
export function indexedShelf(factory: IDBFactory, name: string): Shelf {
  let opened: Promise<IDBDatabase> | null = null

  const open = () =>
    (opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open(name, 1)
      request.onupgradeneeded = () => {
        request.result.createObjectStore(DRAFTS, { keyPath: 'idempotencyKey' })
        request.result.createObjectStore(SESSION)
      }
      request.onsuccess = () => {
        const db = request.result
        db.onclose = () => (opened = null)
        // whoever deletes the database shall not wait for us
        db.onversionchange = () => {
          db.close()
          opened = null
        }
        resolve(db)
      }
      request.onerror = () => reject(request.error)
    }).catch((error: unknown) => {
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
