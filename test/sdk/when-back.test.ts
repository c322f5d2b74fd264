import { expect, test } from 'vitest'
import { createAgent } from '../../sdk/agent.js'
import { createChat } from '../../sdk/index.js'
import { aMessageEvent, anAgentSession, aSyncAnswer, aVisitorSession } from './builders.js'
import { fakeBrowser } from './fake-browser.js'
import { fakeClock, settled } from './fake-clock.js'
import { fakeServer } from './fake-server.js'

/** Somebody whose draft was tried so often in vain that it waits for long; with `isDown` nothing else works either. */
async function aWaitingDraft(door: 'visitor' | 'agent', isDown: boolean) {
  const clock = fakeClock()
  const world = { takesDrafts: false, answers: true }
  const tries: number[] = []
  const digests: number[] = []
  const wakes = new Set<() => void>()
  const unless = (isAway: boolean) => {
    if (isAway) throw new TypeError('failed to fetch')
  }
  const server = fakeServer({
    'POST /v1/visitor/sessions': () => aVisitorSession(),
    'GET /v1/inboxes': () => ({ items: [] }),
    async 'POST /v1/sync'({ body }) {
      unless(!world.answers)
      digests.push(clock.now())
      if ((body as { waitMs?: number }).waitMs) await clock.sleep(25_000)
      return aSyncAnswer({ reset: false })
    },
    'POST /v1/conversations/c1/messages'() {
      tries.push(clock.now())
      unless(!world.takesDrafts)
      return aMessageEvent(2)
    },
  })
  const surroundings = {
    ...{ url: 'http://parley.test', fetch: server.fetch, clock, random: () => 0.5 },
    onWake: (listener: () => void) => (wakes.add(listener), () => wakes.delete(listener)),
  }
  const client =
    door === 'visitor'
      ? createChat({ ...surroundings, inboxKey: 'demo', browser: fakeBrowser().tab() })
      : createAgent({
          ...surroundings,
          getToken: async () => anAgentSession(),
        })
  const connected = client.connect()
  await clock.advance(1_000)
  await connected
  world.answers = !isDown
  const { sent } = client.conversation('c1').messages.send({ body: 'hello' })
  while (tries.length < 8) await clock.advance(100)
  return { clock, world, tries, digests, sent, client, wake: () => wakes.forEach((listener) => listener()) }
}

test.each(['visitor', 'agent'] as const)(
  'what the %s wrote goes out at once when the network is back',
  async (door) => {
    const { clock, world, tries, sent, client, wake } = await aWaitingDraft(door, false)
    await clock.advance(1_000)
    expect(tries).toHaveLength(8)
    world.takesDrafts = true
    wake()
    await clock.advance(300)
    expect(tries).toHaveLength(9)
    await sent
    await client.close()
  },
)

test.each(['visitor', 'agent'] as const)(
  'O11 what the %s wrote goes out once anything is answered again',
  async (door) => {
    const { clock, world, tries, digests, sent, client } = await aWaitingDraft(door, true)
    await clock.advance(1_000)
    const before = digests.length
    Object.assign(world, { answers: true, takesDrafts: true })
    while (digests.length === before) await clock.advance(100)
    expect(tries).toHaveLength(8)
    await clock.advance(300)
    expect(tries).toHaveLength(9)
    await sent
    await client.close()
  },
)

test('who is closed before its code came listens to nothing', async () => {
  const wakes = new Set<() => void>()
  const chat = createChat({
    ...{ url: 'http://parley.test', inboxKey: 'demo', clock: fakeClock(), browser: fakeBrowser().tab() },
    fetch: fakeServer({}).fetch,
    onWake: (listener) => (wakes.add(listener), () => wakes.delete(listener)),
  })
  const connected = chat.connect().catch(() => {})
  await chat.close()
  await connected
  await settled()
  expect(wakes.size).toBe(0)
})
