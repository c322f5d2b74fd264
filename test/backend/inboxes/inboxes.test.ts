import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  defaultInboxSettings,
  type Inbox,
  type InboxSettings,
  type Problem,
  type PublicInbox,
} from '../../../sdk/protocol/index.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World, type WorldAgent } from '../../support/world.js'

const INBOXES = '/v1/inboxes'
const manyTexts = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`text${at}`, 'x']))

describe.each(engines)('inboxes on %s', (engine) => {
  let world: World
  let admin: WorldAgent
  beforeAll(async () => {
    world = await makeWorld(engine)
    admin = await world.agent(await world.workspace(), { role: 'admin' })
  })
  afterAll(() => world.close())

  const make = async (inbox: object = { name: 'Shop' }) => (await admin.post<Inbox>(INBOXES, inbox)).body
  const namesSeenBy = async (agent: WorldAgent) =>
    (await agent.get<{ items: Inbox[] }>(INBOXES)).body.items.map((inbox) => inbox.name)
  const settingsOf = (key: string) => world.caller().get<PublicInbox & Problem>(`${INBOXES}/${key}/settings`)

  test('a new inbox has keys nobody guesses, the default settings and no limit of origins', async () => {
    const { status, body } = await admin.post<Inbox>(INBOXES, { name: 'Shop' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'Shop', settings: defaultInboxSettings, allowedOrigins: [] })
    expect(body.key).toMatch(/^[0-9a-hj-km-np-tv-z]{4}(-[0-9a-hj-km-np-tv-z]{4}){3}$/)
    const other = await make()
    expect(other.key).not.toBe(body.key)
    const secrets = await world.db.query<{ secret: string }>('select secret from inboxes where id = any ($1)', [
      [body.id, other.id],
    ])
    expect(new Set(secrets.map((row) => row.secret)).size).toBe(2)
    expect(secrets.every((row) => row.secret.length === 43)).toBe(true)
  })

  test('no answer holds a secret', async () => {
    const made = await make()
    const [row] = await world.db.query<{ secret: string }>('select secret from inboxes where id = $1', [made.id])
    const answers = [made, (await admin.get(INBOXES)).body, (await settingsOf(made.key)).body]
    expect(JSON.stringify(answers)).not.toContain(row!.secret)
  })

  test('who makes an inbox is a member of it, also after they are an administrator no more', async () => {
    const maker = await world.agent(await world.workspace(), { role: 'admin' })
    await maker.post(INBOXES, { name: 'Mine' })
    await world.db.query(`update agents set role = 'agent' where id = $1`, [maker.id])
    expect(await namesSeenBy(maker)).toEqual(['Mine'])
  })

  test('agents see theirs, supervisors all of the workspace, nobody those of another', async () => {
    const workspaceId = await world.workspace()
    const [first] = [await world.inbox({ workspaceId }), await world.inbox({ workspaceId })]
    const agent = await world.agent(workspaceId, { inboxIds: [first.id] })
    expect(await namesSeenBy(agent)).toHaveLength(1)
    expect(await namesSeenBy(await world.agent(workspaceId, { role: 'supervisor' }))).toHaveLength(2)
    expect(await namesSeenBy(await world.agent(workspaceId))).toEqual([])
    expect(await namesSeenBy(await world.agent(await world.workspace(), { role: 'owner' }))).toEqual([])
  })

  test('a change touches what is named, settings one by one', async () => {
    const made = await make({ name: 'Shop', settings: { greeting: 'Hi' }, allowedOrigins: ['https://a.example'] })
    const { status, body } = await admin.patch<Inbox>(`${INBOXES}/${made.id}`, { settings: { color: '#AA00ff' } })
    expect(status).toBe(200)
    expect(body).toEqual({ ...made, settings: { ...made.settings, color: '#aa00ff' } })
    const renamed = await admin.patch<Inbox>(`${INBOXES}/${made.id}`, { name: 'Store', allowedOrigins: [] })
    expect(renamed.body).toEqual({ ...body, name: 'Store', allowedOrigins: [] })
    expect((await admin.patch<Inbox>(`${INBOXES}/${made.id}`, {})).body).toEqual(renamed.body)
  })

  test('every setting can be set to its bounds, and to nothing where that means something', async () => {
    const settings: Partial<InboxSettings> = {
      theme: 'dark',
      launcherLabel: 'x'.repeat(30),
      offsetX: 0,
      offsetY: 400,
      locale: 'zh-TW',
      askName: 'optional',
      askEmail: 'required',
      consent: 'x'.repeat(500),
      awayMessage: '',
      sound: true,
      editMinutes: 10_080,
      rating: false,
      tracksPages: false,
      texts: manyTexts(100),
    }
    const made = await make({ name: 'Shop', settings })
    expect(made.settings).toEqual({ ...defaultInboxSettings, ...settings })
    expect((await settingsOf(made.key)).body.settings).toEqual(made.settings)
    const changed = { texts: { send: 'Go' }, consent: '' }
    expect((await admin.patch<Inbox>(`${INBOXES}/${made.id}`, { settings: changed })).body.settings).toEqual({
      ...made.settings,
      ...changed,
    })
  })

  test('an inbox from before a setting came has its default', async () => {
    const made = await make()
    await world.db.query(`update inboxes set settings = '{"title": "Old"}' where id = $1`, [made.id])
    const settings = { ...defaultInboxSettings, title: 'Old' }
    expect((await settingsOf(made.key)).body.settings).toEqual(settings)
    expect((await world.visitor(made.key)).session.inbox.settings).toEqual(settings)
  })

  test.each(['a b', '', '0', '_send', 'x'.repeat(41)])('%j is no name of a wording', async (name) => {
    const refused = await admin.post<Problem>(INBOXES, { name: 'Shop', settings: { texts: { [name]: 'x' } } })
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })

  test('origins are kept as browsers send them, each once', async () => {
    const allowedOrigins = [
      'https://Shop.Example/',
      'https://shop.example:443',
      'http://localhost:3000',
      'https://bücher.example',
    ]
    expect((await make({ name: 'Shop', allowedOrigins })).allowedOrigins).toEqual([
      'https://shop.example',
      'http://localhost:3000',
      'https://xn--bcher-kva.example',
    ])
  })

  test.each([
    'shop.example',
    'https://shop.example/path',
    'https://shop.example?x',
    'https://shop.example#x',
    'https://*.shop.example',
    'https://me@shop.example',
    'ftp://shop.example',
    'javascript:alert(1)',
    'https://shop.example:99999',
    'https:// shop.example',
    'null',
    '*',
    '',
  ])('%j is no origin', async (origin) => {
    const refused = await admin.post<Problem>(INBOXES, { name: 'Shop', allowedOrigins: [origin] })
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'allowedOrigins.0' }] },
    })
  })

  test.each([
    ['no name', {}, 'name'],
    ['a blank name', { name: ' ' }, 'name'],
    ['too long a name', { name: 'x'.repeat(81) }, 'name'],
    ['a NUL in the name', { name: 'a\0b' }, 'name'],
    ['a colour by name', { name: 'Shop', settings: { color: 'red' } }, 'settings.color'],
    ['a colour with more in it', { name: 'Shop', settings: { color: '#3b5bdb;x:y' } }, 'settings.color'],
    ['a place in the middle', { name: 'Shop', settings: { position: 'middle' } }, 'settings.position'],
    ['a NUL in the greeting', { name: 'Shop', settings: { greeting: '\0' } }, 'settings.greeting'],
    ['a theme of its own', { name: 'Shop', settings: { theme: 'sepia' } }, 'settings.theme'],
    [
      'a launcher of many words',
      { name: 'Shop', settings: { launcherLabel: 'x'.repeat(31) } },
      'settings.launcherLabel',
    ],
    ['a launcher off the page', { name: 'Shop', settings: { offsetX: 401 } }, 'settings.offsetX'],
    ['a launcher below the page', { name: 'Shop', settings: { offsetY: -1 } }, 'settings.offsetY'],
    ['half a pixel', { name: 'Shop', settings: { offsetX: 0.5 } }, 'settings.offsetX'],
    ['a language the widget does not speak', { name: 'Shop', settings: { locale: 'tlh' } }, 'settings.locale'],
    ['a way of asking that is none', { name: 'Shop', settings: { askEmail: 'please' } }, 'settings.askEmail'],
    ['a consent nobody reads', { name: 'Shop', settings: { consent: 'x'.repeat(501) } }, 'settings.consent'],
    ['a NUL in what is said when away', { name: 'Shop', settings: { awayMessage: 'a\0' } }, 'settings.awayMessage'],
    ['a sound that is a word', { name: 'Shop', settings: { sound: 'yes' } }, 'settings.sound'],
    ['too long a wording', { name: 'Shop', settings: { texts: { send: 'x'.repeat(301) } } }, 'settings.texts.send'],
    ['a blank wording', { name: 'Shop', settings: { texts: { send: ' ' } } }, 'settings.texts.send'],
    ['too many wordings', { name: 'Shop', settings: { texts: manyTexts(101) } }, 'settings.texts'],
    ['a key that is not known', { name: 'Shop', settings: { colour: '#3b5bdb' } }, 'settings'],
    ['a key of its own', { name: 'Shop', key: 'demo' }, ''],
    [
      'too many origins',
      { name: 'Shop', allowedOrigins: Array<string>(51).fill('https://a.example') },
      'allowedOrigins',
    ],
  ])('%s is refused by field, and nothing is made', async (_, body, path) => {
    const before = await namesSeenBy(admin)
    expect(await admin.post(INBOXES, body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path }] },
    })
    expect(await namesSeenBy(admin)).toEqual(before)
  })

  test.each(['agent', 'supervisor'] as const)('a member of role %s makes and changes none', async (role) => {
    const made = await make()
    const member = await world.agent(admin.workspaceId, { role, inboxIds: [made.id] })
    expect(await member.post(INBOXES, { name: 'Mine' })).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await member.patch(`${INBOXES}/${made.id}`, { name: 'Mine' })).toMatchObject({ status: 403 })
  })

  test('a visitor does not see the inboxes; a change of one that is not there is not found', async () => {
    const { key } = await world.inbox()
    expect(await (await world.visitor(key)).get(INBOXES)).toMatchObject({ status: 403 })
    expect(await admin.patch(`${INBOXES}/${randomUUID()}`, { name: 'Mine' })).toMatchObject({ status: 404 })
    expect(await admin.patch(`${INBOXES}/mine`, { name: 'Mine' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'inboxId' }] },
    })
  })

  test('anyone with the key reads the settings, and only once until they change', async () => {
    const made = await make({ name: 'Shop', allowedOrigins: ['https://a.example'] })
    const { id, key, name, settings } = made
    const first = await settingsOf(key)
    expect(first).toMatchObject({ status: 200, body: { id, key, name, settings } })
    // the words of the launcher come with the build
    expect(
      Object.keys(first.body)
        .sort()
        .filter((name) => name !== 'texts'),
    ).toEqual(['id', 'key', 'locale', 'name', 'settings'])
    expect(first.headers.get('cache-control')).toBe('public, max-age=60')
    expect(first.headers.get('access-control-allow-origin')).toBe('*')
    const again = world.caller({ 'if-none-match': first.headers.get('etag')! })
    expect((await again.get(`${INBOXES}/${key}/settings`)).status).toBe(304)
    await admin.patch(`${INBOXES}/${id}`, { settings: { title: 'Ask us' } })
    expect(await again.get(`${INBOXES}/${key}/settings`)).toMatchObject({
      status: 200,
      body: { settings: { title: 'Ask us' } },
    })
  })

  test.each([
    ['unknown', 404, 'not_found'],
    ["'%20or%201=1", 404, 'not_found'],
    ['%00', 400, 'invalid_request'],
    ['x'.repeat(101), 400, 'invalid_request'],
  ])('the settings of %s are not there', async (key, status, code) => {
    const refused = await settingsOf(key)
    expect(refused).toMatchObject({ status, body: { code } })
    expect(refused.headers.get('cache-control')).toBe('no-store')
  })
})
