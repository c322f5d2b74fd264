import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PageVisit, Problem } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, conversationPath, type Desk } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { type Caller, makeWorld, type World } from '../../support/world.js'

describe.each(engines)('pages on %s', (engine) => {
  let world: World
  let desk: Desk
  let conversationId: string
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  const begin = async () => {
    desk = await aDesk(world)
    conversationId = await aConversation(desk.visitor)
  }
  const visit = (url: string, title = 'Shop', who: Caller = desk.visitor) =>
    who.put<Problem>('/v1/presence', { state: 'online', conversationIds: [], page: { url, title } })
  const pages = (who: Caller = desk.agent) =>
    who.get<{ items: PageVisit[] } & Problem>(conversationPath(conversationId, '/pages'))
  const seen = async () => (await pages()).body.items.map(({ url, title }) => [url, title])

  test('agents see where a visitor was, the latest first, without what may be secret in an address', async () => {
    await begin()
    await visit('https://shop.example/?token=secret#here', 'Home')
    await visit('https://me:pass@shop.example:8443/cart?x=1', '')
    expect(await seen()).toEqual([
      ['https://shop.example:8443/cart', ''],
      ['https://shop.example/', 'Home'],
    ])
    expect((await pages()).body.items[0]!.at).toMatch(/Z$/)
  })

  test('a page that is said again is one step, and of many steps the last twenty stay', async () => {
    await begin()
    await visit('https://shop.example/', 'One')
    await visit('https://shop.example/#more', 'Two')
    expect(await seen()).toEqual([['https://shop.example/', 'Two']])
    for (let at = 1; at <= 20; at++) await visit(`https://shop.example/${at}`)
    const urls = (await seen()).map(([url]) => url)
    expect(urls).toEqual(Array.from({ length: 20 }, (_, at) => `https://shop.example/${20 - at}`))
  })

  test('where the inbox tracks no pages nothing is noted, and the visitor is there all the same', async () => {
    await begin()
    await world.db.query(`update inboxes set settings = '{"tracksPages": false}' where id = $1`, [desk.inbox.id])
    expect((await visit('https://shop.example/')).status).toBe(200)
    expect(await seen()).toEqual([])
  })

  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'shop', '', `https://shop.example/${'x'.repeat(2_000)}`])(
    '%j is no page',
    async (url) => {
      await begin()
      expect(await visit(url)).toMatchObject({ status: 400, body: { errors: [{ path: 'page.url' }] } })
      expect(await seen()).toEqual([])
    },
  )

  test('I14 an agent of another inbox sees no steps, a visitor sees no list of them, and an agent leaves none', async () => {
    await begin()
    await visit('https://shop.example/')
    expect(await pages(await world.agent(desk.inbox.workspaceId))).toMatchObject({ status: 404 })
    expect(await pages(desk.visitor)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    await visit('https://shop.example/console', '', desk.agent)
    expect(await world.db.query('select 1 from contact_pages where contact_id = $1', [desk.agent.id])).toEqual([])
  })
})
