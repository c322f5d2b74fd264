import type { Clock } from './clock.js'
import type { Durability } from './outbox.js'
import type { ErrorCode } from './protocol/errors.js'

/** A shelf that says nothing for this long has failed: some browsers' databases hang instead of refusing. */
const PATIENCE_MS = 2_000
/** Where nobody else knows who this is: who begins anew leaves drafts of nobody. */
const SECRET_PATIENCE_MS = 10_000

/** A draft as it outlives its page. */
export interface KeptDraft {
  idempotencyKey: string
  body: string
  replyToId?: string
  /** Null while its conversation has not begun. */
  conversationId: string | null
  /** What drafts of a conversation that has not begun have in common, and its subject. */
  startKey: string
  subject: string | null
  /** Order among the drafts of a person; no time, so no clock upsets it. */
  ordinal: number
  /** Of two copies the one with the higher is newer. */
  revision: number
  /** Why it failed; null while it is to be sent. */
  failure: ErrorCode | null
  /** Who wrote it; null before there was a session. */
  personId: string | null
  /** Whether they had proved who they are: then nobody else may see it. */
  isProven: boolean
  /** By the server's clock; null until it told the time. */
  writtenAtMs: number | null
  /** Only where tabs cannot agree: nobody else tries before. */
  leasedUntilMs: number
}

/** Where drafts, and the secret that proves whose they are, outlive the page. Any of it may reject. */
export interface Shelf {
  durability: Durability
  /** Resolves once it is written as well as this shelf can. */
  keep(draft: KeptDraft): Promise<unknown>
  forget(idempotencyKey: string): Promise<unknown>
  /** In no order. */
  all(): Promise<KeptDraft[]>
  secret(): Promise<string | null>
  keepSecret(secret: string | null): Promise<unknown>
  /** Forgets drafts and secret. */
  purge(): Promise<unknown>
}

export const memoryShelf = (): Shelf => {
  const drafts = new Map<string, KeptDraft>()
  let kept: string | null = null
  return {
    durability: 'memory',
    keep: async (draft) => drafts.set(draft.idempotencyKey, draft),
    forget: async (key) => drafts.delete(key),
    all: async () => [...drafts.values()],
    secret: async () => kept,
    keepSecret: async (secret) => void (kept = secret),
    async purge() {
      drafts.clear()
      kept = null
    },
  }
}

/** Several as one, best first; the last must not fail. Each draft is kept on the best one that takes it. */
export function stackShelves(
  shelves: Shelf[],
  clock: Clock,
  /** A shelf has now said what it did not say in time when all were asked for. */
  late: () => void,
): Omit<Shelf, 'durability' | 'keep' | 'secret'> & {
  /** Never rejects. Says how well. No shelf is tried once it is not wanted any more. */
  keep(draft: KeptDraft, isWanted?: () => boolean): Promise<Durability>
  /** Never rejects. `otherwise`: what is known of it elsewhere. */
  secret(otherwise: string | null): Promise<string | null>
} {
  async function soon<T>(work: Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
    const over = new AbortController()
    const silence = clock.sleep(patienceMs, over.signal).then((): T => {
      throw new Error('unable to use storage; it does not answer')
    })
    silence.catch(() => {})
    return Promise.race([work, silence]).finally(() => over.abort())
  }
  const onEach = <T>(work: (shelf: Shelf) => Promise<T>, patienceMs?: number) =>
    Promise.allSettled(shelves.map((shelf) => soon(work(shelf), patienceMs)))
  const answers = async <T>(work: (shelf: Shelf) => Promise<T>, patienceMs?: number) =>
    (await onEach(work, patienceMs)).flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))

  return {
    async keep(draft, isWanted = () => true) {
      for (const [at, shelf] of shelves.entries()) {
        if (!isWanted()) break
        const isKept = await soon(shelf.keep(draft)).then(
          () => true,
          () => false,
        )
        if (!isKept) continue
        // an older copy further down is of no more use; one further up, which could not be replaced, loses by revision
        for (const lower of shelves.slice(at + 1)) lower.forget(draft.idempotencyKey).catch(() => {})
        return shelf.durability
      }
      return 'memory'
    },
    forget: (key) => onEach((shelf) => shelf.forget(key)),
    async all() {
      const newest = new Map<string, KeptDraft>()
      let isOver = false
      const read = async (shelf: Shelf) => {
        const drafts = await shelf.all()
        if (isOver) late()
        return drafts
      }
      const all = (await answers(read)).flat()
      isOver = true
      for (const draft of all) {
        const known = newest.get(draft.idempotencyKey)
        if (!known || known.revision < draft.revision) newest.set(draft.idempotencyKey, draft)
      }
      return [...newest.values()].sort((one, other) => one.ordinal - other.ordinal)
    },
    async secret(otherwise) {
      const known = await answers((shelf) => shelf.secret(), otherwise ? PATIENCE_MS : SECRET_PATIENCE_MS)
      return known.find((secret) => secret) ?? otherwise
    },
    keepSecret: (secret) => onEach((shelf) => shelf.keepSecret(secret)),
    purge: () => onEach((shelf) => shelf.purge()),
  }
}
