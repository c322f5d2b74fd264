import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AgentSession, Problem } from '../../../sdk/protocol/index.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World } from '../../support/world.js'

const SIGN_IN = '/v1/auth/sign-in/email'
const TOKEN = '/v1/agent/token'
const LINK = '/v1/auth/one-time-link'

describe.each(engines)('agent sign-in on %s', (engine) => {
  const administrator = { email: 'Owner@Example.com', password: 'correct horse battery' }
  const right = { email: 'owner@example.com', password: administrator.password }
  let world: World
  beforeAll(async () => {
    world = await makeWorld(engine, { administrator })
  })
  afterAll(() => world.close())
  beforeEach(() => world.db.query('update agents set deactivated_at = null'))

  const signedIn = async () => {
    const answer = await world.caller().post(SIGN_IN, right)
    const [cookie] = answer.headers.getSetCookie()
    return { cookie: cookie!, session: answer.headers.get('set-auth-token')! }
  }
  const tokenBy = (headers: Record<string, string>) => world.caller(headers).post<AgentSession & Problem>(TOKEN)

  test('a password gives a session by cookie and by header, and either gives an access token', async () => {
    const { cookie, session } = await signedIn()
    const ways: Record<string, string>[] = [{ cookie: cookie.split(';')[0]! }, { authorization: `Bearer ${session}` }]
    for (const headers of ways) {
      const answer = await tokenBy(headers)
      expect(answer.status).toBe(200)
      expect(answer.body).toMatchObject({
        agent: { email: right.email, role: 'owner' },
        expiresInSeconds: 300,
        realtime: { url: `${world.url.replace('http', 'ws')}/realtime/v1` },
      })
      const claims = await world.tokens.verify(answer.body.accessToken)
      expect(claims).toMatchObject({ kind: 'agent', agent_role: 'owner', sub: answer.body.agent.id })
    }
  })

  test('the cookie cannot be read by scripts nor sent along by other sites', async () => {
    const { cookie } = await signedIn()
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).toMatch(/Path=\//i)
  })

  test('a wrong password and an unknown e-mail are refused alike', async () => {
    const wrong = await world.caller().post<Problem>(SIGN_IN, { ...right, password: 'not this one' })
    const unknown = await world.caller().post<Problem>(SIGN_IN, { ...right, email: 'nobody@example.com' })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
    expect(wrong.headers.getSetCookie()).toEqual([])
    expect(wrong.headers.get('content-type')).toBe('application/problem+json')
  })

  test('without a sign-in there is no access token', async () => {
    expect(await tokenBy({})).toMatchObject({ status: 401, body: { code: 'token_missing' } })
    expect((await tokenBy({ authorization: 'Bearer made.up' })).status).toBe(401)
  })

  test('signing out ends the session and the access tokens that came of it', async () => {
    const { session } = await signedIn()
    const { accessToken } = (await tokenBy({ authorization: `Bearer ${session}` })).body
    const agent = world.caller({ authorization: `Bearer ${accessToken}` })
    expect((await agent.delete<Problem>('/v1/visitor/sessions')).body.code).toBe('forbidden')
    expect((await world.caller({ authorization: `Bearer ${session}` }).post('/v1/auth/sign-out')).status).toBe(200)
    expect((await tokenBy({ authorization: `Bearer ${session}` })).status).toBe(401)
    expect((await agent.delete<Problem>('/v1/visitor/sessions')).body.code).toBe('token_invalid')
  })

  test('a one-time link signs in once', async () => {
    const token = (await world.backend.newSignInFragment())!.replace('#link=', '')
    const first = await world.caller().post(LINK, { token })
    expect(first.status).toBe(200)
    const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!
    expect((await tokenBy({ cookie })).body.agent.email).toBe(right.email)
    expect(await world.caller().post<Problem>(LINK, { token })).toMatchObject({
      status: 401,
      body: { code: 'token_invalid' },
    })
  })

  test('of many who use one link at once, one gets in', async () => {
    const token = (await world.backend.newSignInFragment())!.replace('#link=', '')
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => world.caller().post(LINK, { token })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401, 401, 401, 401])
  })

  test('a one-time link ends after a day, and is stored hashed', async () => {
    const token = (await world.backend.newSignInFragment())!.replace('#link=', '')
    const rows = await world.db.query<{ text: string }>('select v::text as text from sign_in.verification v')
    expect(rows.map((row) => row.text).join()).not.toContain(token)
    await world.db.query(`update sign_in.verification set expires_at = expires_at - interval '25 hours'`)
    expect((await world.caller().post(LINK, { token })).status).toBe(401)
  })

  test('a deactivated agent is out at once, and stays out', async () => {
    const { session } = await signedIn()
    const { accessToken } = (await tokenBy({ authorization: `Bearer ${session}` })).body
    await world.db.query('update agents set deactivated_at = now()')
    const withToken = world.caller({ authorization: `Bearer ${accessToken}` })
    expect((await withToken.delete<Problem>('/v1/visitor/sessions')).body.code).toBe('token_invalid')
    expect((await tokenBy({ authorization: `Bearer ${session}` })).status).toBe(401)
    expect(await world.caller().post<Problem>(SIGN_IN, right)).toMatchObject({ status: 401 })
    const token = (await world.backend.newSignInFragment())?.replace('#link=', '') ?? 'none'
    expect((await world.caller().post(LINK, { token })).status).toBe(401)
  })

  test('pages of other origins are refused before anything is looked at', async () => {
    const { cookie } = await signedIn()
    const foreign = { cookie: cookie.split(';')[0]!, origin: 'https://evil.example' }
    expect(await tokenBy(foreign)).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
    const answer = await world.caller(foreign).post<Problem>(SIGN_IN, right)
    expect(answer).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect((await tokenBy({ ...foreign, origin: world.url })).status).toBe(200)
  })

  test('nobody can sign up, change or list anything by the library’s other doors', async () => {
    const person = { email: 'me@evil.example', password: 'long enough password', name: 'Me' }
    for (const path of ['sign-up/email', 'update-user', 'change-email', 'request-password-reset', 'list-sessions'])
      expect(await world.caller().post<Problem>(`/v1/auth/${path}`, person)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      })
  })
})
