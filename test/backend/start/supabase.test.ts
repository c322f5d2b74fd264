import { jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { VisitorSession } from '../../../sdk/protocol/index.js'
import { makeWorld, type World } from '../../support/world.js'

const supabase = {
  url: 'https://ref.supabase.co',
  anonKey: 'sb_publishable_of_the_project',
  jwtSecret: 'the jwt secret of the project, long enough',
}
let world: World
let session: VisitorSession
beforeAll(async () => {
  world = await makeWorld('pglite', { supabase })
  session = (await world.visitor((await world.inbox()).key)).session
})
afterAll(() => world.close())

test('clients are sent to the project’s realtime, with its key', () => {
  expect(session.realtime).toEqual({ url: 'wss://ref.supabase.co/realtime/v1', apikey: supabase.anonKey })
})

test('tokens are signed so that the project accepts them', async () => {
  const { payload } = await jwtVerify(session.accessToken, Buffer.from(supabase.jwtSecret))
  expect(payload).toMatchObject({ role: 'authenticated', aud: 'authenticated', sub: session.contact.id })
})

test('no realtime is served here, and the server is ready without', async () => {
  expect((await world.caller().post('/realtime/v1/api/broadcast', {})).status).toBe(404)
  expect((await world.caller().get('/health/ready')).status).toBe(200)
})

test('our pages may reach the project', async () => {
  const policy = (await fetch(`${world.url}/console`)).headers.get('content-security-policy')
  expect(policy).toContain('wss://ref.supabase.co')
})
