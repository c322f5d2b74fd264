import {
  type Availability,
  type Chat,
  type ChatError,
  type ConnectionState,
  type Contact,
  type ContactChanges,
  type Conversation,
  type ConversationList,
  defaultInboxSettings,
  type ListedConversation,
  type Message,
  type PageStep,
  type People,
  type Session,
  type Store,
  type Thread,
  type ThreadItem,
  type TypingPerson,
  type VisitorExport,
} from '../../sdk/index.js'

/** A store that the test writes. */
export class FakeStore<T> implements Store<T> {
  #value: T
  #listeners = new Set<() => void>()
  constructor(value: T) {
    this.#value = value
  }
  getSnapshot = () => this.#value
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  set(change: Partial<T>): void {
    this.#value = typeof this.#value === 'object' ? { ...this.#value, ...change } : (change as T)
    for (const listener of this.#listeners) listener()
  }
  replace(value: T): void {
    this.#value = value
    for (const listener of this.#listeners) listener()
  }
}

export const AGENT = { type: 'agent', id: 'a1', name: 'Ada' } as const
const VISITOR = { type: 'contact', id: 'c1', name: '' } as const
const CONTACT: Contact = { id: 'c1', name: '', email: null, verified: false, consentedAt: null, formerIds: [] }

export const INBOX = {
  id: 'i1',
  key: 'demo',
  name: 'Shop',
  settings: { ...defaultInboxSettings, title: 'Fjord & Loom', color: '#1f5c4d' },
} as const

const EMPTY_THREAD: Thread = {
  conversationId: null,
  head: null,
  items: [],
  receipts: [],
  rating: null,
  hasEarlier: false,
  isLoading: false,
  isLoadingEarlier: false,
  error: null,
}

export function aMessage(seq: number, body: string, changes: Partial<Message> & { own?: boolean } = {}): ThreadItem {
  const { own = false, ...rest } = changes
  const message: Message = {
    id: `m${seq}`,
    seq,
    messageNo: seq,
    revSeq: seq,
    kind: 'text',
    author: own ? VISITOR : AGENT,
    body,
    idempotencyKey: `key${seq}`,
    createdAt: new Date().toISOString(),
    ...rest,
  }
  return { kind: 'message', key: message.idempotencyKey, message, state: 'sent', own }
}

export function aDraft(
  key: string,
  body: string,
  state: 'queued' | 'sending' | 'failed' = 'sending',
  error: ChatError | null = null,
): ThreadItem {
  return { kind: 'draft', key, body, state, error, own: true }
}

export function aHead(conversationId: string, changes: Partial<ListedConversation> = {}): ListedConversation {
  return {
    conversationId,
    inboxId: INBOX.id,
    seq: 1,
    internalSeq: 0,
    epoch: 'e1',
    messageNo: 1,
    subject: null,
    status: 'open',
    routingState: 'unassigned',
    priority: 'normal',
    assigneeId: null,
    assigneeName: null,
    teamId: null,
    contact: { id: VISITOR.id, name: '' },
    lastMessage: null,
    createdAt: new Date().toISOString(),
    unread: 0,
    ...changes,
  }
}

export class FakeConversation implements Conversation {
  readonly id: string | null
  readonly thread: FakeStore<Thread>
  readonly asked: string[] = []
  readonly typed: string[] = []
  opened = 0

  constructor(id: string | null, thread: Partial<Thread> = {}) {
    this.id = id
    this.thread = new FakeStore<Thread>({ ...EMPTY_THREAD, conversationId: id, ...thread })
  }

  open = () => {
    this.opened++
    return () => void this.opened--
  }
  markRead = () => void this.asked.push('read')
  messages = {
    send: ({ body, replyToId }: { body: string; replyToId?: string }) => {
      const idempotencyKey = `sent${this.asked.length}`
      this.asked.push(`send ${body}${replyToId ? ` to ${replyToId}` : ''}`)
      this.thread.set({ items: [...this.thread.getSnapshot().items, aDraft(idempotencyKey, body)] })
      return {
        idempotencyKey,
        queued: Promise.resolve({ durability: 'memory' as const }),
        sent: new Promise<Message>(() => {}),
        cancel: () => true,
      }
    },
    retry: (key: string) => void this.asked.push(`retry ${key}`),
    discard: (key: string) => void this.asked.push(`discard ${key}`),
    loadEarlier: async () => void this.asked.push('earlier'),
    edit: async (id: string, body: string) => void this.asked.push(`edit ${id} ${body}`),
    delete: async (id: string) => void this.asked.push(`delete ${id}`),
    react: async (id: string, emoji: string, isOn: boolean) => void this.asked.push(`react ${id} ${emoji} ${isOn}`),
  }
  typing = new FakeStore<readonly TypingPerson[]>([])
  rate = async ({ score, comment }: { score: number; comment?: string }) =>
    void this.asked.push(`rate ${score}${comment ? ` ${comment}` : ''}`)
  startTyping = () => void this.typed.push('typing')
  stopTyping = () => void this.typed.push('stopped')
}

/** The SDK's `Chat` as the widget sees it, moved by the test. */
export class FakeChat implements Chat {
  readonly connection = new FakeStore<ConnectionState>({
    phase: 'idle',
    since: 0,
    transport: null,
    lastError: null,
    retryAt: null,
  })
  readonly session = new FakeStore<Session | null>(null)
  readonly conversations = new FakeStore<ConversationList>({ items: [], isLoading: true, error: null })
  readonly presence = new FakeStore<People>(new Map())
  readonly known = new Map<string, FakeConversation>()
  readonly started: FakeConversation[] = []
  readonly startedHow: unknown[] = []
  connects = 0
  isClosed = false
  #settle: { resolve(): void; reject(error: ChatError): void } = { resolve() {}, reject() {} }

  connect = () => {
    this.connects++
    this.connection.set({ phase: 'connecting' })
    return new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
  }
  /** The server is there and these are the visitor's conversations. */
  arrive(...items: ListedConversation[]): void {
    this.session.replace({ contact: { id: VISITOR.id }, inbox: INBOX } as unknown as Session)
    this.conversations.set({ items, isLoading: false })
    this.connection.set({ phase: 'live' })
    this.#settle.resolve()
  }
  refuse(error: ChatError): void {
    this.#settle.reject(error)
  }
  conversation = (id: string) => {
    const found = this.known.get(id) ?? new FakeConversation(id)
    this.known.set(id, found)
    return found
  }
  newConversation: Chat['newConversation'] = (how) => {
    this.startedHow.push(how)
    const conversation = new FakeConversation(null)
    this.started.push(conversation)
    return conversation
  }
  readonly told: unknown[] = []
  #listeners = new Set<[type: string, listener: (event: never) => void]>()
  on = (type: string, listener: (event: never) => void) => {
    const heard: [string, typeof listener] = [type, listener]
    this.#listeners.add(heard)
    return () => this.#listeners.delete(heard)
  }
  /** Has every listener of `type` hear `event`. */
  say(type: string, event: unknown): void {
    for (const [heard, listener] of this.#listeners) if (heard === type) listener(event as never)
  }
  page = (page: PageStep | null) => void this.told.push(page)
  logout = async () => void this.told.push('logout')
  updateContact = async (changes: ContactChanges): Promise<Contact> => {
    this.told.push(changes)
    const contact = { ...CONTACT, ...this.session.getSnapshot()?.contact, ...changes, consentedAt: null }
    this.session.set({ contact })
    return contact
  }
  identify = async (token: string): Promise<Contact> => {
    this.told.push(token)
    const contact = { ...CONTACT, id: token, verified: true }
    this.session.set({ contact })
    return contact
  }
  availabilityNow: Availability = { state: 'online', names: ['Ada'] }
  availability = async () => this.availabilityNow
  exportData = async () => ({ contact: CONTACT }) as unknown as VisitorExport
  isErased = false
  erase = async () => void (this.isErased = true)
  close = async () => {
    this.isClosed = true
  }
}
