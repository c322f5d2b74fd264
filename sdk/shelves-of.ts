import type { Browser, ChatStorage } from './defaults.js'
import { indexedShelf } from './indexed-shelf.js'
import { memoryShelf, type Shelf } from './shelf.js'
import { textShelf } from './text-shelf.js'

/** What there is to keep drafts on, best first: with a storage of the application's own nothing of the browser's. */
export function shelvesOf(browser: Browser, place: string, storage?: ChatStorage): Shelf[] {
  if (storage) return [textShelf(storage, `${place}:drafts`), memoryShelf()]
  const { indexedDB, localStorage } = browser
  const text = localStorage && {
    get: (key: string) => localStorage.getItem(key),
    set: (key: string, value: string) => localStorage.setItem(key, value),
    remove: (key: string) => localStorage.removeItem(key),
  }
  return [
    ...(indexedDB ? [indexedShelf(indexedDB, place)] : []),
    ...(text ? [textShelf(text, `${place}:drafts`)] : []),
    memoryShelf(),
  ]
}
