import { type Chat, type ChatOptions, createChat, type Conversation } from '../../sdk/index.js'
import type {
  ConversationStart,
  Draft,
  Message,
  ServerErrorCode,
  SyncLog,
  SyncRequest,
} from '../../sdk/protocol/index.js'
import { aHead, aMessage, aMessageEvent, aSyncAnswer, aVisitorSession, EPOCH, visitor } from './builders.js'
import { type FakeTab, fakeBrowser } from './fake-browser.js'
import { fakeClock } from './fake-clock.js'
import { fakeServer, problem } from './fake-server.js'

type Fate = 'stored' | 'stored, but unanswered' | 'never arrived' | ServerErrorCode

/** A server that keeps its word about keys, and the browser of one visitor with as many tabs as one likes. */
export function aVisitor() {
  const clock = fakeClock()
  const profile = fakeBrowser()
  const rows: Message[] = []
  const posts: string[] = []
  /** What becomes of the posts to come. */
  const world = {
    fate: 'stored' as Fate,
    serverMs: Date.parse('2026-11-21T12:00:00Z'),
    contactId: 'visitor',
    /** Whom that contact was before it was proved who they are. */
    formerIds: [] as string[],
    isListed: true,
  }
  const { now } = clock
  const startedAt = now()
  const serverTime = () => new Date(world.serverMs + now() - startedAt).toISOString()

  function store({ idempotencyKey, body }: Draft): unknown {
    posts.push(idempotencyKey)
    if (world.fate === 'never arrived') throw new TypeError('failed to fetch')
    if (world.fate !== 'stored' && world.fate !== 'stored, but unanswered') return problem(world.fate)
    const known = rows.find((row) => row.idempotencyKey === idempotencyKey)
    if (known && known.body !== body) return problem('idempotency_mismatch')
    const author = { ...visitor, id: world.contactId }
    if (!known) rows.push(aMessage(rows.length + 2, { messageNo: rows.length + 1, idempotencyKey, body, author }))
    if (world.fate === 'stored, but unanswered') throw new TypeError('failed to fetch')
    return null
  }
  const eventOf = (draft: Draft) => {
    const row = rows.find(({ idempotencyKey }) => idempotencyKey === draft.idempotencyKey)!
    return aMessageEvent(row.seq, row)
  }
  const head = () => aHead({ seq: rows.length + 1, messageNo: rows.length })
  const logAfter = (after: number): SyncLog => {
    const events = rows.filter(({ seq }) => seq > after).map((row) => aMessageEvent(row.seq, row))
    const log = { conversationId: 'c1', epoch: EPOCH, head: rows.length + 1, internalHead: 0 }
    return { ...log, events, receipts: [], hasMore: false }
  }
  const session = () => {
    const { contactId: id, formerIds } = world
    const contact = { ...aVisitorSession().contact, id, formerIds, verified: formerIds.length > 0 }
    return aVisitorSession({ contact, refreshSecret: `of ${id}` })
  }
  const server = fakeServer({
    'POST /v1/visitor/sessions': session,
    'POST /v1/visitor/sessions/refresh': session,
    'POST /v1/visitor/identity': session,
    'DELETE /v1/visitor/sessions': () => undefined,
    'POST /v1/sync': ({ body }) => {
      const { open, waitMs } = body as SyncRequest
      if (waitMs) return new Promise(() => {})
      const heads = rows.length && world.isListed ? [head()] : []
      return aSyncAnswer({ reset: true, serverTime: serverTime(), heads, open: open.map(({ seq }) => logAfter(seq)) })
    },
    'POST /v1/conversations': ({ body }) => {
      const { message } = body as ConversationStart
      const created = { ...aMessageEvent(1), type: 'conversation.created', data: {} }
      return store(message) ?? { head: head(), events: [created, eventOf(message)] }
    },
    'POST /v1/conversations/c1/messages': ({ body }) => store(body) ?? eventOf(body),
    'GET /v1/conversations/c1': () => ({ head: head(), receipts: [] }),
    'GET /v1/conversations/c1/messages': () => ({ items: rows, hasMore: false, head: rows.length + 1, epoch: EPOCH }),
  })

  function open(change: (browser: FakeTab) => void = () => {}, options: Pick<ChatOptions, 'getIdentityToken'> = {}) {
    const browser = profile.tab()
    change(browser)
    let isDead = false
    const dies = <T>(work: Promise<T>) => work.finally(() => (isDead ? new Promise(() => {}) : undefined))
    const chat = createChat({
      ...{ url: 'http://parley.test', inboxKey: 'demo', random: () => 0.5, browser, ...options },
      clock: { now: clock.now, sleep: (ms, signal) => dies(clock.sleep(ms, signal)) },
      fetch: async (...request) => (isDead ? new Promise(() => {}) : dies(server.fetch(...request))),
    })
    return {
      browser,
      chat,
      /** Ends it as the power button would. */
      kill() {
        isDead = true
        browser.kill()
      },
    }
  }
  /** Lets time go by until `check` no longer throws, and what it returns has settled. */
  async function until<T>(check: () => T | Promise<T>, maxMs = 120_000): Promise<T> {
    for (let passed = 0; ; passed += 100) {
      try {
        let isSettled = false
        const result = Promise.resolve(check()).finally(() => (isSettled = true))
        result.catch(() => {})
        for (let waited = 0; waited < maxMs && !isSettled; waited += 100) await clock.advance(100)
        return await result
      } catch (error) {
        if (passed > maxMs) throw error
      }
      await clock.advance(100)
    }
  }
  /** The conversation that a view would show. */
  const shown = (chat: Chat): Conversation => {
    const [listed] = chat.conversations.getSnapshot().items
    return listed ? chat.conversation(listed.conversationId) : chat.newConversation()
  }
  return { clock, profile, rows, posts, world, server, open, until, shown }
}

/** What a thread shows of own messages: "body state". */
export const lines = (conversation: Conversation): string[] =>
  conversation.thread
    .getSnapshot()
    .items.flatMap((item) =>
      item.kind === 'activity' ? [] : [`${item.kind === 'draft' ? item.body : item.message.body} ${item.state}`],
    )
