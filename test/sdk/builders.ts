import {
  type Actor,
  type AgentSession,
  type ChatEvent,
  type ConversationHead,
  defaultInboxSettings,
  type Message,
  type VisitorSession,
} from '../../sdk/protocol/index.js'

export const EPOCH = 'epoch-1'
export const visitor: Actor = { type: 'contact', id: 'visitor', name: '' }
export const agent: Actor = { type: 'agent', id: 'ada', name: 'Ada' }
const AT = '2026-11-21T09:30:00.000Z'

export const aMessage = (seq: number, message: Partial<Message> = {}): Message => ({
  id: `message-${seq}`,
  seq,
  messageNo: seq,
  revSeq: seq,
  kind: 'text',
  author: agent,
  body: `body ${seq}`,
  idempotencyKey: `key-${seq}`,
  createdAt: AT,
  ...message,
})

export function aMessageEvent(seq: number, message: Partial<Message> = {}): ChatEvent {
  const data = { message: aMessage(seq, message) }
  const place = { conversationId: 'c1', log: 'public', seq, epoch: EPOCH, at: AT } as const
  return { ...place, type: 'message.created', actor: data.message.author, data }
}

export const anAssignment = (seq: number): ChatEvent => ({
  conversationId: 'c1',
  log: 'public',
  seq,
  epoch: EPOCH,
  at: AT,
  type: 'conversation.assigned',
  actor: agent,
  data: { assigneeId: 'ada', assigneeName: 'Ada', reason: 'claimed' },
})

export const aHead = (head: Partial<ConversationHead> = {}): ConversationHead => ({
  conversationId: 'c1',
  inboxId: 'inbox',
  seq: 1,
  internalSeq: 0,
  epoch: EPOCH,
  messageNo: 1,
  subject: null,
  status: 'open',
  routingState: 'unassigned',
  priority: 'normal',
  assigneeId: null,
  assigneeName: null,
  teamId: null,
  contact: { id: 'visitor', name: '' },
  lastMessage: null,
  createdAt: AT,
  ...head,
})

export const anAgentSession = (session: Partial<AgentSession> = {}): AgentSession => ({
  accessToken: 'token-1',
  expiresInSeconds: 3_600,
  agent: { id: 'ada', name: 'Ada', email: 'ada@example.com', role: 'agent' },
  workspace: { id: 'workspace', name: 'A workspace' },
  realtime: { url: 'ws://parley.test/realtime/v1', apikey: 'anon' },
  ...session,
})

export const aVisitorSession = (session: Partial<VisitorSession> = {}): VisitorSession => ({
  accessToken: 'token-1',
  expiresInSeconds: 900,
  contact: { id: 'visitor', name: '', email: null, verified: false, consentedAt: null, formerIds: [] },
  refreshSecret: 'secret-1',
  badgeUrl: 'https://chat.example/v1/badges/1',
  inbox: {
    id: 'inbox',
    key: 'demo',
    name: 'Demo',
    settings: { ...defaultInboxSettings, title: 'Chat', greeting: 'Hello' },
  },
  realtime: { url: 'ws://parley.test/realtime/v1', apikey: 'anon' },
  ...session,
})

export const aSyncAnswer = (answer: object = {}) => ({
  cursor: 'cursor-1',
  reset: true,
  heads: [],
  receipts: [],
  open: [],
  serverTime: AT,
  syncAfterMs: 45_000,
  reconnectWindowMs: 5_000,
  ...answer,
})

/** Numbers below 1 that are the same in every run. */
export function seededRandom(seed: number): () => number {
  return () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
    return seed / 2 ** 32
  }
}

export function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((entry) => ({ entry, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ entry }) => entry)
}
