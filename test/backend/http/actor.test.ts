import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentWith, anyActor, onlyAgent, onlyContact } from '../../../backend/http/actor.js'
import type { AppEnv } from '../../../backend/http/app-env.js'
import { onError } from '../../../backend/http/errors.js'
import type { Problem } from '../../../sdk/protocol/index.js'
import { makeWorld, type World } from '../../support/world.js'

let world: World
let app: Hono<AppEnv>
beforeAll(async () => {
  world = await makeWorld()
  app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('db', world.db)
    c.set('verifyToken', world.tokens.verify)
    await next()
  })
  app.get('/any', anyActor, (c) => c.json(c.var.actor))
  app.get('/agent', onlyAgent, (c) => c.json(c.var.actor))
  app.get('/contact', onlyContact, (c) => c.json(c.var.actor))
  app.get('/admin', agentWith('admin'), (c) => c.json(c.var.actor))
  app.get('/broken', () => {
    throw new Error('relation "secret_table" does not exist')
  })
  app.onError(onError)
})
afterAll(() => world.close())

const ask = async (path: string, { token }: { token: string }) => {
  const answer = await app.request(path, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, body: (await answer.json()) as Problem }
}

test('a visitor is who the session says, and no agent', async () => {
  const inbox = await world.inbox()
  const visitor = await world.visitor(inbox.key)
  expect((await ask('/any', visitor)).body).toMatchObject({
    type: 'contact',
    id: visitor.id,
    inboxId: inbox.id,
    workspaceId: inbox.workspaceId,
  })
  expect((await ask('/contact', visitor)).status).toBe(200)
  expect(await ask('/agent', visitor)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect((await ask('/admin', visitor)).status).toBe(403)
})

test('a role includes those before it, and not those after it', async () => {
  const workspaceId = await world.workspace()
  const statusOf = async (role: 'supervisor' | 'admin' | 'owner') =>
    (await ask('/admin', await world.agent(workspaceId, { role }))).status
  expect(await statusOf('owner')).toBe(200)
  expect(await statusOf('admin')).toBe(200)
  expect(await statusOf('supervisor')).toBe(403)
})

test('a demotion holds at once, whatever the token says', async () => {
  const admin = await world.agent(await world.workspace(), { role: 'admin' })
  expect((await ask('/admin', admin)).status).toBe(200)
  await world.db.query(`update agents set role = 'agent' where id = $1`, [admin.id])
  expect((await ask('/admin', admin)).status).toBe(403)
  expect((await ask('/agent', admin)).status).toBe(200)
})

test('a sign-in that has run out takes its access tokens along', async () => {
  const agent = await world.agent(await world.workspace())
  await world.db.query('update sign_in.session set expires_at = now() where id = $1', [agent.sessionId])
  expect(await ask('/agent', agent)).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
})

test('what nobody foresaw tells the caller nothing', async () => {
  const { status, body } = await ask('/broken', { token: 'none' })
  expect([status, body.code]).toEqual([500, 'internal'])
  expect(JSON.stringify(body)).not.toContain('secret_table')
})
