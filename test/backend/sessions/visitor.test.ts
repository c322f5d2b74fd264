import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem, VisitorSession } from '../../../sdk/protocol/index.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World } from '../../support/world.js'

const SESSIONS = '/v1/visitor/sessions'
const REFRESH = '/v1/visitor/sessions/refresh'

describe.each(engines)('visitor sessions on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  const begin = async () => (await world.visitor((await world.inbox()).key)).session
  const refresh = (refreshSecret: string) => world.caller().post<VisitorSession & Problem>(REFRESH, { refreshSecret })
  const asleep = (session: VisitorSession) =>
    world.db.query(`update contact_sessions set rotated_at = now() - interval '2 minutes' where contact_id = $1`, [
      session.contact.id,
    ])

  test('a new visitor gets a contact, tokens, the inbox and the way to realtime', async () => {
    const inbox = await world.inbox()
    const answer = await world.caller().post<VisitorSession>(SESSIONS, { inboxKey: inbox.key })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      contact: { name: '', email: null, verified: false },
      expiresInSeconds: 900,
      inbox: { id: inbox.id, key: inbox.key, settings: { title: 'Chat with us' } },
      realtime: { url: `${world.url.replace('http', 'ws')}/realtime/v1` },
    })
    const claims = await world.tokens.verify(answer.body.accessToken)
    expect(claims).toMatchObject({
      sub: answer.body.contact.id,
      role: 'authenticated',
      aud: 'authenticated',
      kind: 'contact',
      workspace_id: inbox.workspaceId,
      inbox_id: inbox.id,
    })
    expect(claims.exp - claims.iat).toBe(900)
  })

  test('an unknown inbox is not found, and makes nobody', async () => {
    const count = async () => (await world.db.query<{ n: number }>('select count(*)::int as n from contacts'))[0]!.n
    const before = await count()
    const answer = await world.caller().post<Problem>(SESSIONS, { inboxKey: 'nobodys' })
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await count()).toBe(before)
  })

  test('a listed origin, our own and no origin get in; a foreign one does not', async () => {
    const { key } = await world.inbox({ allowedOrigins: ['https://shop.example'] })
    const from = async (headers: Record<string, string>) =>
      (await world.caller(headers).post<Problem>(SESSIONS, { inboxKey: key })).status
    expect(await from({ origin: 'https://shop.example' })).toBe(201)
    expect(await from({ origin: world.url })).toBe(201)
    expect(await from({})).toBe(201)
    expect(await from({ origin: 'https://shop.example.evil.example' })).toBe(403)
    expect(await from({ origin: 'null' })).toBe(403)
  })

  test('a foreign origin cannot renew a session, and does not use up its secret', async () => {
    const { key } = await world.inbox({ allowedOrigins: ['https://shop.example'] })
    const { session } = await world.visitor(key)
    const foreign = await world
      .caller({ origin: 'https://evil.example' })
      .post<Problem>(REFRESH, { refreshSecret: session.refreshSecret })
    expect(foreign).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
    const [row] = await world.db.query<{ is_rotated: boolean }>(
      'select rotated_at > created_at as is_rotated from contact_sessions where contact_id = $1',
      [session.contact.id],
    )
    expect(row!.is_rotated).toBe(false)
  })

  test('a renewal keeps the visitor and rotates the secret', async () => {
    const session = await begin()
    const answer = await refresh(session.refreshSecret)
    expect(answer.status).toBe(200)
    expect(answer.body.contact).toEqual(session.contact)
    expect(answer.body.refreshSecret).not.toBe(session.refreshSecret)
  })

  test('a lost answer loses nobody: the secret before gives the same successor, however late', async () => {
    const session = await begin()
    const lost = await refresh(session.refreshSecret)
    await asleep(session)
    const again = await refresh(session.refreshSecret)
    expect(again.body.refreshSecret).toBe(lost.body.refreshSecret)
  })

  test('tabs that renew at once get the same successor', async () => {
    const session = await begin()
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => refresh(session.refreshSecret)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200])
    expect(new Set(answers.map((answer) => answer.body.refreshSecret)).size).toBe(1)
  })

  test('a tab overtaken twice within a minute is given the newest secret', async () => {
    const session = await begin()
    const second = await refresh(session.refreshSecret)
    const third = await refresh(second.body.refreshSecret)
    const overtaken = await refresh(session.refreshSecret)
    expect(overtaken.body.refreshSecret).toBe(third.body.refreshSecret)
  })

  test('an old secret whose successor was used ends the session for everyone who holds it', async () => {
    const session = await begin()
    const second = await refresh(session.refreshSecret)
    const third = await refresh(second.body.refreshSecret)
    await asleep(session)
    expect(await refresh(session.refreshSecret)).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
    expect(await refresh(third.body.refreshSecret)).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
  })

  test('a secret that was never given is refused and ends nothing', async () => {
    const session = await begin()
    expect(await refresh('made-up')).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
    expect((await refresh(session.refreshSecret)).status).toBe(200)
  })

  test('only hashes of secrets are stored', async () => {
    const session = await begin()
    const second = await refresh(session.refreshSecret)
    const rows = await world.db.query<{ text: string }>('select s::text as text from contact_sessions s')
    const stored = rows.map((row) => row.text).join()
    const hex = (secret: string) => Buffer.from(secret).toString('hex')
    for (const secret of [session.refreshSecret, second.body.refreshSecret]) {
      expect(stored).not.toContain(secret)
      expect(stored).not.toContain(hex(secret))
    }
  })

  test('ending a session ends its tokens and its secret at once, and no other session', async () => {
    const visitor = await world.visitor((await world.inbox()).key)
    const other = await world.visitor((await world.inbox()).key)
    expect((await visitor.delete(SESSIONS)).status).toBe(204)
    expect(await visitor.delete<Problem>(SESSIONS)).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
    expect((await refresh(visitor.session.refreshSecret)).status).toBe(401)
    expect((await refresh(other.session.refreshSecret)).status).toBe(200)
  })

  test('an identity token is refused rather than ignored', async () => {
    const { key } = await world.inbox()
    const answer = await world.caller().post<Problem>(SESSIONS, { inboxKey: key, identityToken: 'e30.e30.x' })
    expect(answer).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
  })
})
