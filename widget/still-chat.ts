import {
  type Chat,
  type Contact,
  type Conversation,
  defaultInboxSettings,
  type Message,
  type ShownInbox,
  type Store,
  type Thread,
  type ThreadItem,
} from '../sdk/index.js'

// who sets up a chat reads these, no visitor does
const QUESTION = 'Do you ship to Norway?'
const ANSWER = 'We do, in three days.'

const ADA = { type: 'agent', id: 'ada', name: 'Ada' } as const
const VISITOR: Contact = { id: 'visitor', name: '', email: null, verified: false, consentedAt: null, formerIds: [] }

const still = <T>(value: T): Store<T> => ({ getSnapshot: () => value, subscribe: () => () => {} })
const never = () => new Promise<never>(() => {})
const nothing = () => {}

function said(seq: number, body: string, author: Message['author']): ThreadItem {
  const own = author.type === 'contact'
  const key = `said ${seq}`
  const message: Message = {
    id: key,
    seq,
    messageNo: seq,
    revSeq: seq,
    kind: 'text',
    author,
    body,
    idempotencyKey: key,
    createdAt: new Date().toISOString(),
  }
  return { kind: 'message', key, message, state: 'read', own }
}

function stillConversation(): Conversation {
  const thread: Thread = {
    conversationId: null,
    head: null,
    items: [said(1, QUESTION, { type: 'contact', id: VISITOR.id, name: '' }), said(2, ANSWER, ADA)],
    receipts: [],
    rating: null,
    hasEarlier: false,
    isLoading: false,
    isLoadingEarlier: false,
    error: null,
  }
  return {
    id: null,
    thread: still(thread),
    open: () => nothing,
    messages: {
      send: () => ({ idempotencyKey: '', queued: never(), sent: never(), cancel: () => false }),
      retry: nothing,
      discard: nothing,
      loadEarlier: never,
      edit: never,
      delete: never,
      react: never,
    },
    typing: still([]),
    startTyping: nothing,
    stopTyping: nothing,
    rate: never,
    markRead: nothing,
  }
}

/** A chat to look at: a short conversation that stands still, without a server, a visitor or anything stored. */
export function stillChat({ key, settings }: ShownInbox): Chat {
  const conversation = stillConversation()
  return {
    connection: still({ phase: 'live', since: 0, transport: null, lastError: null, retryAt: null }),
    session: still({
      contact: VISITOR,
      inbox: { id: key, key, name: settings.title, settings: { ...defaultInboxSettings, ...settings } },
    }),
    conversations: still({ items: [], isLoading: false, error: null }),
    presence: still(new Map()),
    connect: async () => {},
    conversation: () => conversation,
    newConversation: () => conversation,
    on: () => nothing,
    updateContact: never,
    exportData: never,
    erase: never,
    page: nothing,
    identify: never,
    availability: never,
    logout: never,
    close: async () => {},
  }
}
