import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createBackend } from '../../../backend/index.js'
import { type DatabasePlace, openDatabase } from '../../../backend/db/open.js'
import { drain, serve } from '../../../backend/serve.js'
import { type Conversation, createChat } from '../../../sdk/index.js'
import { parleyChat } from '../../support/cli-process.js'
import { copyPostgres, engines, testPostgres } from '../../support/database.js'
import { eventually } from '../../support/eventually.js'
import { freePort } from '../../support/server-process.js'
import { SECRET } from '../../support/world.js'
import { aShop, type Shop } from '../../contract/shop.js'
import { log } from './moved-world.js'

const PATIENCE_MS = 240_000
let folder: string
const cleanups: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-restore-'))
  cleanups.push(() => rm(folder, { recursive: true }))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A backend on a database, and what agents write there without it. */
async function serverOn(place: DatabasePlace, port: number) {
  const db = await openDatabase({ ...place, log })
  const backend = await createBackend({ secret: SECRET, db, log })
  const server = await serve(backend, port, '127.0.0.1')
  let running: Promise<void> | undefined
  const stop = () => (running ??= drain(server, backend, 1_000))
  cleanups.push(stop)
  return { db, stop }
}
const bodiesOf = ({ thread }: Conversation) =>
  thread.getSnapshot().items.flatMap((item) => (item.kind === 'message' ? [item.message.body] : []))

describe.each(engines)('a database of %s that was taken back to an earlier state', (engine) => {
  const anEmpty = async (): Promise<DatabasePlace> => {
    if (engine === 'pglite') return { dataDir: join(folder, 'first') }
    const { url, drop } = await testPostgres()
    cleanups.push(drop)
    return { databaseUrl: url, dataDir: folder }
  }
  /** As an operator would: a copied folder, a copied database. Its server is stopped. */
  const aCopy = async (place: DatabasePlace): Promise<DatabasePlace> => {
    if (!place.databaseUrl) {
      await cp(join(place.dataDir, 'database'), join(folder, 'copy', 'database'), { recursive: true })
      return { dataDir: join(folder, 'copy') }
    }
    const { url, drop } = await copyPostgres(place.databaseUrl)
    cleanups.push(drop)
    return { databaseUrl: url, dataDir: folder }
  }
  const writeAs = async (place: DatabasePlace, shop: Shop, conversationId: string, bodies: string[]) => {
    const db = await openDatabase({ ...place, log })
    for (const body of bodies)
      await db.query(`select send_message('agent', $1, $2, gen_random_uuid(), $3)`, [
        shop.agentId,
        conversationId,
        body,
      ])
    await db.close()
  }

  test(
    'and whose epochs were renewed: a client that is ahead shows what the server has, and sends what it had not sent',
    async () => {
      const place = await anEmpty()
      const port = await freePort()
      const db = await openDatabase({ ...place, log })
      const shop = await aShop(db)
      const [inbox] = await db.query<{ key: string }>('select key from inboxes where id = $1', [shop.inboxId])
      await db.close()

      let server = await serverOn(place, port)
      const chat = createChat({
        url: `http://127.0.0.1:${port}`,
        inboxKey: inbox!.key,
        WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
        // early in the half minute over which a drained server spreads its clients
        random: () => Math.random() / 20,
      })
      cleanups.push(() => chat.close())
      await chat.connect()
      const conversation = chat.newConversation()
      conversation.open()
      await conversation.messages.send({ body: 'one' }).sent
      await server.stop()

      const backup = await aCopy(place)
      await writeAs(place, shop, conversation.id!, ['lost 1', 'lost 2'])
      server = await serverOn(place, port)
      await eventually(() => expect(bodiesOf(conversation)).toEqual(['one', 'lost 1', 'lost 2']))
      await server.stop()

      const { sent } = conversation.messages.send({ body: 'kept' })
      const renewed = await parleyChat(
        ['renew-epochs', ...(backup.databaseUrl ? [] : ['--data-dir', backup.dataDir])],
        backup.databaseUrl ? { DATABASE_URL: backup.databaseUrl } : {},
      )
      expect(renewed.code, renewed.err).toBe(0)
      // as far as the client has read, and further
      await writeAs(backup, shop, conversation.id!, ['new 1', 'new 2', 'new 3'])
      server = await serverOn(backup, port)

      await sent
      await eventually(() => expect(bodiesOf(conversation)).toEqual(['one', 'new 1', 'new 2', 'new 3', 'kept']))
      const stored = await server.db.query(
        `select seq, body from messages where conversation_id = $1 and body in ('kept', 'new 3') order by seq`,
        [conversation.id],
      )
      expect(stored).toMatchObject([{ body: 'new 3' }, { body: 'kept' }])
    },
    PATIENCE_MS,
  )

  test(
    'no transaction of before is ahead of it, also when it came from a server that had counted further',
    async () => {
      const place = await anEmpty()
      const db = await openDatabase({ ...place, log })
      const shop = await aShop(db)
      await db.query(`select start_conversation($1, $2, gen_random_uuid(), null, gen_random_uuid(), 'Hello')`, [
        shop.contactId,
        shop.inboxId,
      ])
      await db.query(`update conversation_heads set last_xid = '999999999999'`)
      await db.query(`update participants set last_xid = '999999999999'`)
      const [before] = await db.query<{ epoch: string; list: string }>(
        'select epoch, list_epoch as list from conversation_heads, workspaces',
      )
      expect(await db.query('select renew_epochs($1) as conversations', [shop.workspaceId])).toEqual([
        { conversations: 1 },
      ])
      const [after] = await db.query<{ epoch: string; list: string; ahead: number }>(
        `select epoch, list_epoch as list, (
           select count(*) from (select last_xid from conversation_heads union all select last_xid from participants) x
           where last_xid >= pg_snapshot_xmax(pg_current_snapshot())) as ahead
         from conversation_heads, workspaces`,
      )
      await db.close()
      expect(after!.ahead).toBe(0)
      expect(after!.epoch).not.toBe(before!.epoch)
      expect(after!.list).not.toBe(before!.list)
    },
    PATIENCE_MS,
  )
})
