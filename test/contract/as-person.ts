import type { Db, Queryable } from '../../backend/db/client.js'

export type Claims = { role: string } & Record<string, unknown>
const DENIED = '42501'

/** As PostgREST and Realtime do it: role, claims and topic for one transaction, which is rolled back. */
export async function asPerson<T>(db: Db, claims: Claims, work: (tx: Queryable) => Promise<T>, topic = ''): Promise<T> {
  const ended: { answer?: T } = {}
  const rollback = new Error('nothing of this is kept')
  await db
    .transaction(async (tx) => {
      await tx.query(
        `select set_config('request.jwt.claims', $1, true), set_config('realtime.topic', $2, true), set_config('role', $3, true)`,
        [JSON.stringify(claims), topic, claims.role],
      )
      ended.answer = await work(tx)
      throw rollback
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error
    })
  return ended.answer!
}

/** Resolves with undefined where the database refuses for want of rights; any other failure is one. */
const unlessDenied = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error: unknown) => {
    if ((error as { code?: string }).code === DENIED) return undefined
    throw error
  })

/** Whether a person may read and write a private topic, asked as Realtime asks when a channel is joined. */
export async function rightsOnTopic(
  db: Db,
  claims: Claims,
  topic: string,
): Promise<'read, write' | 'read' | 'write' | '–'> {
  const [probe] = await db.query<{ id: string }>(
    `insert into realtime.messages (topic, extension) values ($1, 'broadcast') returning id`,
    [topic],
  )
  const look = (tx: Queryable) => tx.query('select from realtime.messages where id = $1', [probe!.id])
  const write = (tx: Queryable) =>
    tx.query(`insert into realtime.messages (topic, extension) values ($1, 'broadcast')`, [topic])
  const read = await unlessDenied(asPerson(db, claims, look, topic))
  const written = await unlessDenied(asPerson(db, claims, write, topic))
  return ([read?.length ? 'read' : '', written ? 'write' : ''].filter(Boolean).join(', ') as 'read') || '–'
}
