import type { ChatStorage } from './defaults.js'
import type { KeptDraft, Shelf } from './shelf.js'

/** Browsers give a site about 5 MB in all; most of it is the site's. */
const MAX_CHARS = 200_000

/**
 * Drafts as one text in a storage of strings. It outlives the page, but browsers write it to disk some seconds later:
 * one that is killed before has lost it.
 */
export function textShelf(storage: ChatStorage, place: string): Shelf {
  const read = (): KeptDraft[] => {
    try {
      const drafts: unknown = JSON.parse(storage.get(place) ?? '[]')
      return Array.isArray(drafts) ? drafts : []
    } catch {
      return []
    }
  }
  const others = (key: string) => read().filter(({ idempotencyKey }) => idempotencyKey !== key)
  function write(drafts: KeptDraft[]) {
    const text = JSON.stringify(drafts)
    if (text.length > MAX_CHARS) throw new Error('unable to keep drafts; there are too many')
    if (drafts.length) storage.set(place, text)
    else storage.remove(place)
  }
  return {
    durability: 'session',
    keep: async (draft) => write([...others(draft.idempotencyKey), draft]),
    forget: async (key) => write(others(key)),
    all: async () => read(),
    // the secret stands there already, in a place of its own
    secret: async () => null,
    keepSecret: async () => {},
    purge: async () => storage.remove(place),
  }
}
