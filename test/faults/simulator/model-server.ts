import type {
  Actor,
  ChatEvent,
  ConversationHead,
  ConversationStart,
  Draft,
  Message,
  Receipt,
  SyncAnswer,
  SyncRequest,
} from '../../../sdk/protocol/index.js'
import { aHead, aMessage, aSyncAnswer, aVisitorSession, EPOCH } from '../../sdk/builders.js'

/** One caller: who they are, and what their long poll waits for. */
export interface Asker {
  actor: Actor
}

interface Conversation {
  id: string
  log: ChatEvent[]
  messages: Message[]
  receipts: Map<string, Receipt>
  changedAt: number
}

/** What the real server does, in memory and at once: the log, its keys, its pages and its digest. */
export interface ModelServer {
  logs(): Map<string, ChatEvent[]>
  /** Answers like the route; `undefined` for what it does not know. */
  handle(asker: Asker, method: string, path: URL, body: unknown): unknown
  /** Whether a digest would have something new. */
  hasNews(request: SyncRequest): boolean
}

export const CONTACT: Actor = { type: 'contact', id: 'visitor', name: '' }
const PAGE = 200

export function modelServer(publish: (topic: string, event: string, payload: unknown) => void): ModelServer {
  const conversations = new Map<string, Conversation>()
  let version = 0

  const headOf = ({ id, log, messages }: Conversation): ConversationHead => {
    const last = messages.at(-1)
    return aHead({
      conversationId: id,
      seq: log.length,
      messageNo: messages.length,
      lastMessage: last ? { preview: last.body, author: last.author, at: last.createdAt } : null,
    })
  }

  function append(
    conversation: Conversation,
    actor: Actor,
    event: Pick<ChatEvent, 'type' | 'data'> & Partial<ChatEvent>,
  ) {
    const place = { conversationId: conversation.id, log: 'public', seq: conversation.log.length + 1, epoch: EPOCH }
    const written = { ...place, at: '2026-11-21T09:30:00.000Z', actor, ...event } as ChatEvent
    conversation.log.push(written)
    conversation.changedAt = ++version
    return written
  }

  function post(conversation: Conversation, author: Actor, draft: Draft): ChatEvent {
    const known = conversation.log.find(
      (event) => event.idempotencyKey === draft.idempotencyKey && event.actor.id === author.id,
    )
    if (known) return known
    const seq = conversation.log.length + 1
    const message = aMessage(seq, {
      ...{ id: `${conversation.id}-${seq}`, messageNo: conversation.messages.length + 1, author },
      ...{ body: draft.body, idempotencyKey: draft.idempotencyKey },
    })
    conversation.messages.push(message)
    const event = append(conversation, author, {
      ...{ type: 'message.created', data: { message } },
      ...{ idempotencyKey: draft.idempotencyKey, messageId: message.id },
    })
    mark(conversation, author, seq)
    publish(`conversation:${conversation.id}`, 'event', event)
    for (const topic of ['contact:visitor', 'inbox:inbox']) publish(topic, 'head', headOf(conversation))
    return event
  }

  function mark(conversation: Conversation, { type, id }: Actor, seq: number): Receipt {
    const before = conversation.receipts.get(id!)?.readSeq ?? 0
    const readSeq = Math.max(before, Math.min(seq, conversation.log.length))
    const readMessageNo = conversation.messages.findLast((message) => message.seq <= readSeq)?.messageNo ?? 0
    const receipt = {
      conversationId: conversation.id,
      actor: { type, id },
      deliveredSeq: readSeq,
      readSeq,
      readMessageNo,
    }
    conversation.receipts.set(id!, receipt)
    if (readSeq > before) conversation.changedAt = ++version
    return receipt
  }

  function start(author: Actor, { idempotencyKey, message }: ConversationStart) {
    const id = `conversation-${idempotencyKey}`
    const known = conversations.get(id)
    const conversation = known ?? { id, log: [], messages: [], receipts: new Map(), changedAt: 0 }
    conversations.set(id, conversation)
    if (!known) append(conversation, author, { type: 'conversation.created', data: { subject: null, followsId: null } })
    post(conversation, author, message)
    return { head: headOf(conversation), events: conversation.log.slice(0, 2) }
  }

  function sync({ cursor, open }: SyncRequest): SyncAnswer {
    const since = cursor === null ? -1 : Number(cursor)
    return aSyncAnswer({
      cursor: String(version),
      reset: cursor === null,
      heads: [...conversations.values()].filter(({ changedAt }) => changedAt > since).map(headOf),
      open: open.flatMap(({ conversationId, seq }) => {
        const conversation = conversations.get(conversationId)
        if (!conversation) return []
        const events = conversation.log.slice(seq, seq + PAGE)
        const head = conversation.log.length
        const receipts = [...conversation.receipts.values()]
        const hasMore = head > seq + events.length
        return [{ conversationId, epoch: EPOCH, head, internalHead: 0, events, receipts, hasMore }]
      }),
    })
  }

  function ofConversation(
    { actor }: Asker,
    conversation: Conversation,
    route: string,
    query: URLSearchParams,
    body: unknown,
  ) {
    const head = conversation.log.length
    if (route === 'GET ') return { head: headOf(conversation), receipts: [...conversation.receipts.values()] }
    if (route === 'POST messages') return post(conversation, actor, body as Draft)
    if (route === 'PUT receipt') {
      const marked = mark(conversation, actor, (body as Receipt).readSeq)
      publish(`conversation:${conversation.id}`, 'receipt', marked)
      return marked
    }
    const limit = Number(query.get('limit') ?? PAGE)
    if (route === 'GET messages') {
      const before = Number(query.get('beforeSeq') ?? Infinity)
      const all = conversation.messages.filter(({ seq }) => seq < before)
      return { items: all.slice(-limit), hasMore: all.length > limit, head, epoch: EPOCH }
    }
    const after = Number(query.get('after'))
    const items = conversation.log.slice(after, after + limit)
    return { items, hasMore: head > after + items.length, head, epoch: EPOCH }
  }

  return {
    logs: () => new Map([...conversations].map(([id, { log }]) => [id, log])),
    hasNews: ({ cursor }) => cursor === null || version > Number(cursor),
    handle(asker, method, { pathname, searchParams }, body) {
      const [, , room, id, rest = ''] = pathname.split('/')
      if (room === 'visitor') return aVisitorSession()
      if (room === 'inboxes') return { items: [{ id: 'inbox' }] }
      if (room === 'sync') return sync(body as SyncRequest)
      if (room === 'conversations' && !id) return start(asker.actor, body as ConversationStart)
      const conversation = conversations.get(id!)
      return conversation && ofConversation(asker, conversation, `${method} ${rest}`, searchParams, body)
    },
  }
}
