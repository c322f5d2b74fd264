import { type AgentConversation, agentConversation } from './agent-conversation.js'
import { type Call, createSend } from './api.js'
import { type ChatEvents, createClient } from './client.js'
import type { ConnectionState } from './connection.js'
import { type ConversationListView, listView } from './conversation-list-view.js'
import { isInPage, surroundingsOf, type SurroundingsOptions } from './defaults.js'
import type { People } from './presence.js'
import type { ConversationView } from './protocol/conversation.js'
import { topics } from './protocol/events.js'
import type { Inbox, InboxChanges } from './protocol/inbox.js'
import type { AgentSession } from './protocol/session.js'
import { createStore, type Store } from './store.js'

export interface AgentOptions extends SurroundingsOptions {
  /** Called when a token is needed: before the first request and when the last one nears its end. */
  getToken: () => Promise<AgentSession>
}

export interface AgentClient {
  readonly connection: Store<ConnectionState>
  readonly session: Store<AgentSession | null>
  /** Who of the other side is there, in the conversations that are open: asked each 15 s. A page says as often that someone is here, with or without one; a process only with one. */
  readonly presence: Store<People>
  /** One list of conversations that moves by itself while it is open. */
  list(view: ConversationView): ConversationListView
  conversation(conversationId: string): AgentConversation
  readonly inboxes: {
    list(): Promise<Inbox[]>
    create(changes: InboxChanges & { name: string }): Promise<Inbox>
    update(inboxId: string, changes: InboxChanges): Promise<Inbox>
    /** What signs identity tokens, for administrators: whoever has it can be anybody. @throws {ChatError} `forbidden` */
    secret(inboxId: string): Promise<string>
  }
  /** Resolves once signed in and caught up. Waits out what may pass; rejects on what will not. */
  connect(options?: { signal?: AbortSignal }): Promise<void>
  on<T extends keyof ChatEvents>(type: T, listener: (event: ChatEvents[T]) => void): () => void
  close(): Promise<void>
}

/** An agent's desk. Does nothing on the network until `connect()`. */
export function createAgent(options: AgentOptions): AgentClient {
  const surroundings = surroundingsOf(options)
  const views = new Set<() => void>()
  const inboxes = new Set<string>()
  const presence = createStore<People>(new Map())
  const client = createClient<AgentSession>({
    surroundings,
    send: createSend(surroundings),
    take: options.getToken,
    meOf: ({ agent }) => ({ type: 'agent', id: agent.id }),
    baseTopics: async ({ agent }, call) => {
      const seen = await inboxesBy(call)
      for (const { id } of seen) inboxes.add(id)
      return [topics.agent(agent.id), ...seen.map(({ id }) => topics.inbox(id))]
    },
    onReset: () => views.forEach((reload) => reload()),
    onPresence: presence.set,
    // who watches the queue is there; a bot is while it has a conversation open
    isDesk: isInPage(),
  })
  const { call } = client

  const inboxesBy = async (by: Call) => (await by('GET inboxes')).items
  /** Listens to an inbox that was not there when we connected. */
  function hear(id: string) {
    if (inboxes.has(id) || !client.session.getSnapshot()) return
    inboxes.add(id)
    client.link.watch(topics.inbox(id))
  }
  client.lists.subscribe(() => {
    for (const { inboxId } of client.lists.getSnapshot().heads.values()) hear(inboxId)
  })

  return {
    connection: client.link.state,
    session: client.session,
    presence,
    list: (view) => listView(client, surroundings, view, views),
    conversation: (conversationId) => agentConversation(client.conversation(conversationId), call),
    inboxes: {
      list: () => inboxesBy(call),
      async create(body) {
        const inbox = await call('POST inboxes', { body })
        hear(inbox.id)
        return inbox
      },
      update: (inboxId, body) => call('PATCH inbox', { names: { inboxId }, body }),
      secret: async (inboxId) => (await call('GET inboxSecret', { names: { inboxId } })).secret,
    },
    connect: ({ signal } = {}) => client.link.start(signal),
    on: client.events.on,
    async close() {
      client.close()
    },
  }
}
