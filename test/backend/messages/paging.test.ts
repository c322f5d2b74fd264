import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MessagePage, Problem } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, aDraft, conversationPath, type Desk, send } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World } from '../../support/world.js'

const BODIES = Array.from({ length: 11 }, (_, place) => `message ${place + 1}`)

describe.each(engines)('pages of messages on %s', (engine) => {
  let world: World
  let desk: Desk
  let path: string
  beforeAll(async () => {
    world = await makeWorld(engine)
    desk = await aDesk(world)
    const conversationId = await aConversation(desk.visitor, {
      idempotencyKey: crypto.randomUUID(),
      message: aDraft({ body: BODIES[0]! }),
    })
    for (const body of BODIES.slice(1)) await send(desk.visitor, conversationId, aDraft({ body }))
    await desk.agent.post(conversationPath(conversationId, '/resolve'))
    path = conversationPath(conversationId, '/messages')
  })
  afterAll(() => world.close())

  const page = async (search: string) => (await desk.agent.get<MessagePage>(path + search)).body
  const bodies = (pages: MessagePage[]) => pages.flatMap((one) => one.items.map((message) => message.body))

  test('without a seq comes the newest page, in order of seq, with the head of the log', async () => {
    const newest = await page('?limit=3')
    expect(bodies([newest])).toEqual(BODIES.slice(-3))
    expect(newest).toMatchObject({ hasMore: true, head: 13, epoch: expect.any(String) as string })
  })

  test('back from the end comes every message once', async () => {
    const pages = [await page('?limit=3')]
    while (pages[0]!.hasMore) pages.unshift(await page(`?limit=3&beforeSeq=${pages[0]!.items[0]!.seq}`))
    expect(bodies(pages)).toEqual(BODIES)
  })

  test('forward from the beginning comes every message once', async () => {
    const pages = [await page('?limit=4&afterSeq=0')]
    while (pages.at(-1)!.hasMore) pages.push(await page(`?limit=4&afterSeq=${pages.at(-1)!.items.at(-1)!.seq}`))
    expect(bodies(pages)).toEqual(BODIES)
  })

  test('a page that ends exactly at the end has no more, and beyond it is nothing', async () => {
    expect(await page('?limit=11')).toMatchObject({ hasMore: false })
    expect(await page('?afterSeq=13')).toMatchObject({ items: [], hasMore: false, head: 13 })
    expect(await page('?beforeSeq=1')).toMatchObject({ items: [], hasMore: false })
  })

  test('a visitor reads the same messages as the agent', async () => {
    expect((await desk.visitor.get(path)).body).toEqual((await desk.agent.get(path)).body)
  })

  test.each(['?limit=0', '?limit=201', '?limit=many', '?beforeSeq=-1', '?afterSeq=1.5', '?beforeSeq=5&afterSeq=1'])(
    '%s is refused by field',
    async (search) => {
      const refused = await desk.agent.get<Problem>(path + search)
      expect(refused).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', errors: [{ path: expect.stringMatching(/limit|Seq/) as string }] },
      })
    },
  )
})
