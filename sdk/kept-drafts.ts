import { findBrowser } from './browser.js'
import type { ConnectionState } from './connection.js'
import type { ChatStorage, Surroundings } from './defaults.js'
import type { ConversationList } from './conversation-list.js'
import { currentConversation } from './current-conversation.js'
import type { DraftKeeper, DraftPlace, Durability, Lane } from './outbox.js'
import type { Contact } from './protocol/contact.js'
import { ChatError } from './protocol/errors.js'
import type { Message } from './protocol/message.js'
import { type KeptDraft, stackShelves } from './shelf.js'
import { shelvesOf } from './shelves-of.js'
import type { Store } from './store.js'
import { createTabs } from './tabs.js'
import type { PendingDraft } from './thread.js'
import type { SecretKeeper } from './visitor-session.js'
import { asOurs, isAfter, isEarly, isOf } from './whose-draft.js'

/** A draft older than this is not sent without being asked for again. */
const MAX_AGE_MS = 14 * 24 * 60 * 60_000
/** Late news of a draft, or a copy read while it was forgotten, come long before so many others are gone. */
const MAX_GONE = 1_000
/** How often is looked whether what goes before has gone. */
const TURN_MS = 300
/** An attempt is over by then. */
const LEASE_MS = 15_000

/** What tabs tell each other; `found`: drafts of a page before, which may have told nobody. */
type News =
  | { type: 'changed'; kept: KeptDraft; state: PendingDraft['state'] }
  | { type: 'gone'; kept: KeptDraft; message: Message | null }
  | { type: 'found' }
  | { type: 'purged' }

export interface KeptDrafts extends DraftKeeper, SecretKeeper {
  /** The server's clock, of which age is counted: that of the device may be wrong by years. */
  toldTime(serverTime: string): void
  /** Resolves once what was kept before is shown, or cannot be read. */
  restored(): Promise<unknown>
  /** Forgets drafts and secret, and has every other tab forget them. */
  purge(): Promise<unknown>
}

export function createKeptDrafts(options: {
  /** Name of everything on this device that belongs to one inbox. */
  place: string
  surroundings: Surroundings
  /** The application's own storage; with it, nothing else is used. */
  storage?: ChatStorage
  connection: Store<ConnectionState>
  contact: () => Promise<Contact>
  conversationOf: (place: DraftPlace) => { lane: Lane }
  /** What a draft may go on with that was written before it was known. */
  conversations?: Store<ConversationList>
  /** Another tab signed out: this one does, too, and says so. */
  forget: () => void
  events: { emit: (type: 'signOut', event: null) => void }
  signal: AbortSignal
}): KeptDrafts {
  const { place, surroundings, connection, conversationOf, signal } = options
  const { clock } = surroundings
  const browser = surroundings.browser ?? findBrowser()
  const shelf = stackShelves(shelvesOf(browser, place, options.storage), clock, () => {
    if (person) void readAgain().catch(() => {})
  })
  const mirror = new Map<string, KeptDraft>()
  const work = new Map<string, Promise<Durability>>()
  const gone = new Set<string>()
  /** Those whose lease is ours. */
  const leased = new Set<string>()
  let person: Contact | null = null
  let signOuts = 0
  let lastOrdinal = 0
  let pausedUntil = -Infinity
  let restoring: Promise<void> | null = null
  /** What was kept until this tab came to lead has been read. */
  let read: Promise<unknown> | undefined
  let time: { serverMs: number; atMs: number } | null = null
  let toldTime = () => {}
  const timeTold = new Promise<void>((resolve) => (toldTime = resolve))

  const loaded = shelf.all().then((all) => {
    lastOrdinal = Math.max(0, ...all.map(({ ordinal }) => ordinal))
  })
  const tabs = createTabs({
    browser,
    clock,
    place,
    signal,
    heard: (news) => hear(news as News),
    led: () => (read = loaded.then(() => restoring && readAgain()).catch(() => {})),
  })
  const tell = (news: News) => tabs.tell(news)

  /** One after the other for each draft, so that the shelf ends as we do. */
  function inTurn(key: string, next: () => Promise<Durability>): Promise<Durability> {
    const turn = (work.get(key) ?? loaded).then(next)
    work.set(key, turn)
    return turn
  }
  function save(draft: KeptDraft): Promise<Durability> {
    const kept = { ...draft, revision: draft.revision + 1 }
    mirror.set(draft.idempotencyKey, kept)
    // until it has gone, or its author has signed out
    const isWanted = () => mirror.has(draft.idempotencyKey)
    return inTurn(draft.idempotencyKey, () => shelf.keep(kept, isWanted))
  }
  const serverNow = () => time && time.serverMs + clock.now() - time.atMs

  async function changed(pending: PendingDraft, where: DraftPlace): Promise<Durability> {
    const whose = signOuts
    await loaded
    if (whose !== signOuts) return 'memory'
    const { idempotencyKey, body, replyToId, state, error } = pending
    const before = mirror.get(idempotencyKey)
    // what comes of one whose author is gone is not kept as if it were new
    if (!before && (error || state !== 'queued')) return 'memory'
    const failure = state === 'failed' ? error!.code : null
    if (error?.retryAfterMs && error.code === 'rate_limited') pausedUntil = clock.now() + error.retryAfterMs
    const isQueued = !before || (before.failure !== null && !failure)
    const kept: KeptDraft = {
      ...(before ?? { leasedUntilMs: 0, revision: 0 }),
      ...where,
      idempotencyKey,
      body,
      replyToId,
      failure,
      ordinal: isQueued ? ++lastOrdinal : before.ordinal,
      writtenAtMs: isQueued ? serverNow() : before.writtenAtMs,
      personId: person?.id ?? before?.personId ?? null,
      isProven: person?.verified ?? before?.isProven ?? false,
    }
    gone.delete(idempotencyKey)
    const isSaved = !isQueued && before.failure === failure && before.conversationId === kept.conversationId
    const saved = isSaved ? (work.get(idempotencyKey) ?? Promise.resolve<Durability>('session')) : save(kept)
    const durability = await saved
    // a tab that goes down between the two has written it: whoever leads next finds it
    const told = mirror.get(idempotencyKey)
    if (told) tell({ type: 'changed', kept: told, state })
    leaveIf(error)
    return durability
  }

  function lose(key: string) {
    mirror.delete(key)
    gone.add(key)
    const [oldest] = gone
    if (gone.size > MAX_GONE) gone.delete(oldest!)
  }

  async function goneFor(key: string, message: Message | null, where: DraftPlace) {
    await loaded
    const known = mirror.get(key)
    lose(key)
    // what waits for the same conversation learns its id first: it must not begin another one
    const others = [...mirror.values()].filter(
      (other) => other.startKey === where.startKey && other.conversationId !== where.conversationId,
    )
    await Promise.all(others.map((other) => save({ ...other, ...where })))
    await inTurn(key, () => shelf.forget(key).then(() => 'memory'))
    work.delete(key)
    if (known) tell({ type: 'gone', kept: { ...known, ...where }, message })
  }

  /** Shows a draft as it stands on the shelf or in another tab. */
  function show(kept: KeptDraft, state: PendingDraft['state'], isLater?: (key: string) => boolean) {
    const { idempotencyKey, body, replyToId, failure } = kept
    mirror.set(idempotencyKey, kept)
    lastOrdinal = Math.max(lastOrdinal, kept.ordinal)
    const error = failure && new ChatError(failure, `unable to send message; it was refused before: ${failure}`)
    const draft = { idempotencyKey, body, replyToId, state: failure ? 'failed' : state, error } as const
    conversationOf(kept).lane.put(draft, isLater)
  }

  const restored = () =>
    (restoring ??= restore().catch((error: unknown) => {
      restoring = null
      throw error
    }))
  async function restore() {
    person = await options.contact()
    if (await readAgain()) tell({ type: 'found' })
    // who signed out meanwhile must not lead
    if (person) tabs.join()
  }
  async function readAgain() {
    let all = await shelf.all()
    let current: string | null = null
    if (all.some(isEarly)) {
      current = await currentId()
      // while that was waited for they may have been sent, taken back or signed out of
      all = await shelf.all()
    }
    if (!person) return 0
    const ours = all
      .map((kept) => (isEarly(kept) ? { ...kept, conversationId: current } : kept))
      .flatMap((kept) => {
        if (mirror.has(kept.idempotencyKey) || gone.has(kept.idempotencyKey)) return []
        const own = asOurs(kept, person!)
        if (!own) void shelf.forget(kept.idempotencyKey)
        return own ?? []
      })
    for (const kept of ours) show(kept, 'queued', (key) => (mirror.get(key)?.ordinal ?? Infinity) > kept.ordinal)
    return ours.length
  }
  const currentId = async () => (options.conversations ? currentConversation(options.conversations) : null)
  /** Has a draft of before it was known what there is go on with that. */
  async function goOn(key: string) {
    const early = mirror.get(key)
    const current = early && isEarly(early) ? await currentId() : null
    const kept = mirror.get(key)
    if (kept && current) conversationOf({ ...kept, conversationId: current })
  }

  function signedOut() {
    signOuts++
    mirror.clear()
    person = restoring = null
    tabs.leave()
  }

  const leave = () => (signedOut(), options.forget(), options.events.emit('signOut', null))
  /** The server knows this visitor no longer, or the site signed in somebody else: what is kept waits for who comes next. */
  const leaveIf = (error: ChatError | null) => void (person && error?.code === 'user_changed' && leave())

  function hear(news: News) {
    if (news.type === 'purged') return leave()
    if (!person) return
    if (news.type === 'found') return void readAgain().catch(() => {})
    const { kept } = news
    const key = kept.idempotencyKey
    if (!isOf(person, kept.personId ?? person.id)) return
    const isNews = (mirror.get(key)?.revision ?? 0) <= kept.revision && !gone.has(key)
    if (news.type === 'changed') return void (isNews && show(kept, news.state))
    lose(key)
    const { lane } = conversationOf(kept)
    if (news.message) lane.seen(news.message)
    else lane.drop(key)
  }

  async function mayLeave(key: string) {
    // only now is it known that it is to be kept
    await loaded
    await work.get(key)
    // its author signed out: nobody shall be begun for it
    if (!mirror.has(key)) return
    await restored()
    await tabs.leading()
    await read
    await goOn(key)
    let kept: KeptDraft | undefined
    while ((kept = mirror.get(key)) && isAfter(kept, mirror.values()) && !signal.aborted)
      await clock.sleep(TURN_MS, signal)
    if (!kept) return
    const { leasedUntilMs, writtenAtMs } = kept
    const now = clock.now()
    // one further off than any lease is a clock that was wrong
    const isLeased = tabs.isAlone && !leased.has(key) && leasedUntilMs - now <= LEASE_MS
    const waitMs = Math.max(pausedUntil - now, isLeased ? leasedUntilMs - now : 0)
    if (waitMs > 0) await clock.sleep(waitMs, signal)
    // our clock may only raise the suspicion; the server's decides
    if (writtenAtMs && Math.abs((serverNow() ?? now) - writtenAtMs) > MAX_AGE_MS) await timeTold
    const age = writtenAtMs && serverNow()! - writtenAtMs
    if (age && age > MAX_AGE_MS) throw new ChatError('expired', 'unable to send message; it is two weeks old')
    // while it waited it may have been taken back
    if (!tabs.isAlone || !mirror.has(key)) return
    leased.add(key)
    void save({ ...kept, leasedUntilMs: clock.now() + LEASE_MS })
  }

  const isNow = (contact: Contact) => void (person && isOf(contact, person.id) && (person = contact))
  connection.subscribe(() => {
    const { phase, lastError } = connection.getSnapshot()
    if (phase !== 'idle' && phase !== 'closed') restored().catch(() => {})
    // who connects anew may be known by another id now
    if (phase === 'connecting' && person) void options.contact().then(isNow, () => {})
    leaveIf(lastError)
  })

  return {
    changed,
    gone: (key, message, where) => void goneFor(key, message, where),
    mayLeave,
    leads: tabs.leads,
    locks: browser.locks,
    restored: () => restored().catch(() => {}),
    secret: shelf.secret,
    keepSecret: shelf.keepSecret,
    toldTime(serverTime) {
      time = { serverMs: Date.parse(serverTime), atMs: clock.now() }
      toldTime()
      if (tabs.leads())
        for (const kept of mirror.values()) if (!kept.writtenAtMs) void save({ ...kept, writtenAtMs: time.serverMs })
    },
    purge() {
      signedOut()
      tell({ type: 'purged' })
      return shelf.purge()
    },
  }
}
