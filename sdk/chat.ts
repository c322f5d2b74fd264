import type { Send } from './api.js'
import { type ChatEvents, createClient } from './client.js'
import type { ConnectionState } from './connection.js'
import type { Conversation } from './conversation-host.js'
import { type ConversationList, isSameList, listed } from './conversation-list.js'
import { type ChatStorage, surroundingsOf, type SurroundingsOptions } from './defaults.js'
import { fetchLive } from './fetch-live.js'
import type { KeptDrafts } from './kept-drafts.js'
import { late } from './late.js'
import { CURRENT } from './outbox.js'
import type { People } from './presence.js'
import type { Contact } from './protocol/contact.js'
import { topics } from './protocol/events.js'
import type { PublicInbox } from './protocol/inbox.js'
import type { PageStep } from './protocol/page.js'
import type { VisitorSession } from './protocol/session.js'
import { asChatError } from './retry.js'
import { createStore, type Store } from './store.js'
import type { VisitorActs } from './visitor-acts.js'
import type { VisitorSessions } from './visitor-session.js'

export interface ChatOptions extends SurroundingsOptions {
  inboxKey: string
  /** Asked when a session begins, and when it is renewed while nobody is proved: who is signed in on the site, by `createIdentityToken` of `parley-chat/server`, or null. */
  getIdentityToken?: () => Promise<string | null>
  /** Keeps the session over a reload. Default: `localStorage` in browsers, memory elsewhere. */
  storage?: ChatStorage
}

export interface Session {
  contact: Contact
  inbox: PublicInbox
}

export interface Chat extends VisitorActs {
  readonly connection: Store<ConnectionState>
  /** Null until connected. */
  readonly session: Store<Session | null>
  readonly conversations: Store<ConversationList>
  /** Who of the other side is there, in the conversations that are open: asked each 15 s, while this page says that someone is here. */
  readonly presence: Store<People>
  /** Resolves once the session exists, the list is loaded, and what waited to be sent is taken up again. Waits out what may pass; rejects on what will not. */
  connect(options?: { signal?: AbortSignal }): Promise<void>
  /** The same object for the same id. */
  conversation(conversationId: string): Conversation
  /**
   * Its first message opens it on the server; until then it has no id. With `continues` that message goes to the newest
   * conversation that is not resolved, should there turn out to be one: for who writes before the list is known.
   */
  newConversation(options?: { subject?: string; continues?: boolean }): Conversation
  on<T extends keyof ChatEvents>(type: T, listener: (event: ChatEvents[T]) => void): () => void
  /** Where on the site the visitor is, for agents to see: the next sign of being here tells it, where the inbox tracks pages. Null: nowhere that anybody is told of. */
  page(step: PageStep | null): void
  /** Ends everything; what still waits to be sent rejects with `aborted`. */
  close(): Promise<void>
}

/** A visitor's chat. Does nothing on the network until `connect()`. */
export function createChat(options: ChatOptions): Chat {
  const surroundings = surroundingsOf(options)
  const send: Send = async (...asked) => (await fetchLive()).createSend(surroundings)(...asked)
  const { inboxKey, getIdentityToken } = options
  const place = `parley:${inboxKey}`
  const presence = createStore<People>(new Map())
  const keeper: () => Promise<KeptDrafts> = late(async () => {
    const { createKeptDrafts } = await fetchLive()
    return createKeptDrafts({
      place,
      surroundings,
      storage: options.storage,
      connection: client.link.state,
      contact: async () => (await (await client.keeper()).current()).contact,
      conversationOf: client.conversationOf,
      conversations,
      forget,
      events: client.events,
      signal: client.signal,
    })
  })
  const visitor: () => Promise<VisitorSessions> = late(async () => {
    const { visitorSession } = await fetchLive()
    return visitorSession({ send, storage: options.storage, inboxKey, getIdentityToken, keeper, signal: client.signal })
  })
  const client = createClient<VisitorSession>({
    surroundings,
    send,
    take: async () => (await visitor()).take(),
    meOf: ({ contact: { id, formerIds } }) => ({ type: 'contact', id, formerIds }),
    baseTopics: async ({ contact }) => [topics.contact(contact.id)],
    onReset: () => show({ isLoading: false, error: null }),
    onDigest: ({ serverTime }) =>
      void keeper().then(
        (kept) => kept.toldTime(serverTime),
        () => {},
      ),
    onPresence: presence.set,
    page: () => (session.getSnapshot()?.inbox.settings.tracksPages ? shownPage : null),
    keeper,
  })
  let shownPage: PageStep | null = null
  const session = createStore<Session | null>(null)
  const conversations = createStore<ConversationList>({ items: [], isLoading: false, error: null })

  function show(change: Partial<ConversationList> = {}) {
    const before = conversations.getSnapshot()
    const items = listed(client.lists.getSnapshot(), client.me())
    if (isSameList(items, before.items) && !Object.keys(change).length) return
    conversations.set({ ...before, items, ...change })
  }
  function forget() {
    client.forget()
    return visitor().then(
      (own) => own.forget(),
      () => {},
    )
  }
  const acts = late(async () => (await fetchLive()).createVisitorActs({ client, send, keeper, forget, visitor }))
  client.lists.subscribe(() => show())
  client.session.subscribe(() => {
    const taken = client.session.getSnapshot()
    session.set(taken && { contact: taken.contact, inbox: taken.inbox })
  })

  return {
    connection: client.link.state,
    session,
    conversations,
    presence,
    async connect({ signal } = {}) {
      if (!client.session.getSnapshot()) show({ isLoading: true, error: null })
      await client.link.start(signal).catch((error: unknown) => {
        show({ isLoading: false, error: asChatError(error) })
        throw error
      })
      await (await keeper()).restored()
    },
    conversation: client.conversation,
    newConversation: ({ subject, continues } = {}) => client.newConversation(subject, continues && CURRENT),
    page: (step) => void (shownPage = step),
    on: client.events.on,
    updateContact: async (...asked) => (await acts()).updateContact(...asked),
    identify: async (token) => (await acts()).identify(token),
    exportData: async () => (await acts()).exportData(),
    erase: async () => (await acts()).erase(),
    availability: async () => (await acts()).availability(),
    logout: async () => (await acts()).logout(),
    async close() {
      client.close()
    },
  }
}
