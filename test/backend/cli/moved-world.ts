import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { openDatabase } from '../../../backend/db/open.js'
import type { ChatEvent, Message } from '../../../sdk/protocol/index.js'
import {
  aConversation,
  aDesk,
  aDraft,
  aStart,
  conversationPath,
  type Desk,
  send,
  sync,
} from '../../support/builders.js'
import { type Caller, makeWorld, type World } from '../../support/world.js'

export const log = pino({ level: 'silent' })
const AWKWARD = 'Ünïcode 👩‍👩‍👧 "quotes" \\back\\slash\nline\ttab {} [] null \u2028 end'

export const embeddedWorld = async (dataDir: string): Promise<World> =>
  makeWorld('pglite', { db: await openDatabase({ dataDir, log }) })
export const worldOn = async (databaseUrl: string): Promise<World> =>
  makeWorld('postgres', { db: await openDatabase({ databaseUrl, dataDir: '', log }) })

export interface Seeded extends Desk {
  conversationIds: string[]
  /** The last draft that was sent, and where. */
  lastDraft: { conversationId: string; draft: ReturnType<typeof aDraft>; event: ChatEvent }
  cursors: { agent: string; visitor: string }
}

/** Conversations with all that can happen in one, and people of every kind, by the API. */
export async function seed(world: World): Promise<Seeded> {
  const desk = await aDesk(world)
  const { agent, visitor, inbox } = desk
  const other = await world.visitor(inbox.key)
  const busy = await aConversation(visitor, aStart({ subject: 'An order', message: aDraft({ body: AWKWARD }) }))
  const answered = (await send(agent, busy)).body
  const path = (message: Pick<Message, 'id'>, rest = '') => conversationPath(busy, `/messages/${message.id}${rest}`)
  const id = answered.messageId!
  await agent.patch(path({ id }), { idempotencyKey: randomUUID(), body: 'In three days.' })
  await visitor.put(path({ id }, '/reactions'), { idempotencyKey: randomUUID(), emojis: ['👍', '❤️'] })
  const gone = (await send(visitor, busy, aDraft({ replyToId: id }))).body
  await visitor.delete(`${path({ id: gone.messageId! })}?idempotencyKey=${randomUUID()}`)
  await visitor.put(conversationPath(busy, '/receipt'), { deliveredSeq: 5, readSeq: 4 })
  await world.db.query(
    `select append_event($1, 'internal', 'note.made', 'agent', $2, null, null, null, '{"text": "1.50"}')
     from generate_series(1, 3)`,
    [busy, agent.id],
  )
  const resolved = await aConversation(other)
  await agent.post(conversationPath(resolved, '/resolve'))
  await other.post(conversationPath(resolved, '/rating'), { idempotencyKey: randomUUID(), score: 3, comment: AWKWARD })
  const long = await aConversation(other)
  for (let count = 0; count < 12; count++) await send(count % 2 ? agent : other, long)
  await agent.put('/v1/presence', { state: 'online', conversationIds: [] })
  const page = { url: 'https://shop.example/', title: AWKWARD }
  await visitor.put('/v1/presence', { state: 'online', conversationIds: [], page })
  // whoever was merged into somebody younger: a row that refers to a later one
  await world.db.query(`update contacts set merged_into = $2, attributes = '{"plan": 1.50}' where id = $1`, [
    other.id,
    (await world.visitor(inbox.key)).id,
  ])
  // a message before in the file than the one it replies to
  const draft = aDraft()
  const event = (await send(visitor, busy, draft)).body
  return {
    ...desk,
    conversationIds: [busy, resolved, long],
    lastDraft: { conversationId: busy, draft, event },
    cursors: { agent: (await sync(agent)).cursor, visitor: (await sync(visitor)).cursor },
  }
}

/** The same person against another server. */
export const again = (world: World, { token }: { token: string }): Caller =>
  world.caller({ authorization: `Bearer ${token}` })

/** All that agent and visitor get to see, over HTTP, without what names a server's own time. */
export async function seenBy(world: World, seeded: Seeded): Promise<unknown> {
  const sides = [again(world, seeded.agent), again(world, seeded.visitor)].map(async (who) => ({
    list: (await who.get('/v1/conversations?view=all')).body,
    resolved: (await who.get('/v1/conversations?view=resolved')).body,
    digest: await sync(who, {
      open: seeded.conversationIds.map((conversationId) => ({ conversationId, epoch: '', seq: 0 })),
    }),
    threads: await Promise.all(
      seeded.conversationIds.map(async (conversationId) => ({
        detail: (await who.get(conversationPath(conversationId))).body,
        messages: (await who.get(conversationPath(conversationId, '/messages?limit=200'))).body,
        events: (await who.get(conversationPath(conversationId, '/events?limit=200'))).body,
      })),
    ),
  }))
  const seen = JSON.stringify(await Promise.all(sides), (key, value: unknown) =>
    ['epoch', 'cursor', 'syncCursor', 'serverTime', 'requestId'].includes(key) ? undefined : value,
  )
  return JSON.parse(seen) as unknown
}
