import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page, type Request, type Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inbox } from '../../sdk/agent.js'
import { type AgentDesk, messagesOf, openDesk } from '../support/agent-desk.js'
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.js'
import { eventually } from '../support/eventually.js'
import { hostPage } from '../support/host-page.js'
import type { Site } from '../support/loopback-site.js'
import { type ServerProcess, serverProcess } from '../support/server-process.js'

let server: ServerProcess
let site: Site
let desk: AgentDesk
let profile: Profile
beforeAll(async () => {
  server = await serverProcess()
  site = await hostPage(server.url)
  desk = await openDesk(server.url)
  profile = await openProfile()
})
afterAll(async () => {
  await profile?.end()
  await desk?.close()
  await site?.close()
  await server?.stop()
})

type Profile = Awaited<ReturnType<typeof openProfile>>

/** A browser with a profile on disk, killed as a power button would: by the id of its own process. */
async function openProfile() {
  const folder = await mkdtemp(join(tmpdir(), 'parley-profile-'))
  let opened: BrowserContext | null = null
  return {
    /** Starts the browser if it is not running. */
    async context() {
      if (opened) return opened
      opened = await chromium.launchPersistentContext(folder, {
        executablePath: await chromiumPath(),
        args: [...CHROMIUM_FLAGS, '--remote-debugging-port=0'],
      })
      return opened
    },
    async kill() {
      const client = await opened!.browser()!.newBrowserCDPSession()
      const { processInfo } = await client.send('SystemInfo.getProcessInfo')
      const closed = new Promise((resolve) => opened!.once('close', resolve))
      process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL')
      await closed
      opened = null
    },
    async end() {
      await opened?.close().catch(() => {})
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
/** What is shown besides the greeting. */
const own = async (page: Page) =>
  (await page.locator('.bubble').allInnerTexts()).filter((text) => !/^Hello!/.test(text))
async function openChat({ key }: Inbox): Promise<Page> {
  const page = await (await profile.context()).newPage()
  await page.goto(`${site.origin}/${key}`)
  await page.getByRole('button', { name: /Open chat/ }).click()
  return page
}
async function write(page: Page, text: string) {
  await page.getByRole('textbox', { name: 'Write a message…' }).fill(text)
  await page.keyboard.press('Enter')
}
/** How many drafts are kept; null while there is no database, which is the chat's to make. */
const waiting = (page: Page, { key }: Inbox) =>
  page.evaluate(
    (place) =>
      new Promise<number | null>((resolve) => {
        const opened = indexedDB.open(place)
        opened.onupgradeneeded = () => opened.transaction!.abort()
        opened.onerror = () => resolve(null)
        opened.onsuccess = () => {
          const count = opened.result.transaction('drafts').objectStore('drafts').count()
          count.onsuccess = () => resolve(count.result)
          opened.result.close()
        }
      }),
    `parley:${key}`,
  )
/** What the agent is shown of each conversation of an inbox. */
const stored = (inbox: Inbox) =>
  desk.conversationsOf(inbox).map(({ thread }) => messagesOf(thread.getSnapshot().items).map(({ body }) => body))
/** Shown once, stored once, and nothing waits. */
async function isSettled(page: Page, inbox: Inbox, expected: string[]) {
  await eventually(async () => expect(await own(page)).toEqual(expected))
  await eventually(async () => expect(await waiting(page, inbox)).toBe(0))
  await eventually(() => expect(stored(inbox)).toEqual([expected]))
}

const POSTS = /\/v1\/conversations(\/[^/]+\/messages)?$/
const isPost = (request: Request) => request.method() === 'POST' && POSTS.test(request.url())
const holdPosts = (context: BrowserContext, held: (route: Route) => unknown) =>
  context.route(POSTS, (route) => (isPost(route.request()) ? held(route) : route.continue()))

/** Each resolves at its step of the send of whatever is written next. */
const steps = {
  'while its server cannot be reached at all': (context, arrived) =>
    holdPosts(context, (route) => route.abort().then(arrived)),
  'while its post is on the way': (context, arrived) => holdPosts(context, arrived),
  'when it is stored and not answered': (context, arrived) =>
    holdPosts(context, (route) => route.fetch().then(arrived)),
  'as soon as it is answered': async (context, arrived) => {
    context.on('response', (response) => isPost(response.request()) && arrived())
  },
} satisfies Record<string, (context: BrowserContext, arrived: () => void) => Promise<unknown>>

describe.each([
  ['a first', []],
  ['a later', ['Before.']],
])('O1 I7 %s message', (_, before) => {
  test.each(Object.entries(steps))('is there after the browser was killed %s, once', async (_, prepare) => {
    const inbox = await desk.anInbox()
    const page = await openChat(inbox)
    for (const text of before) await write(page, text)
    if (before.length) await isSettled(page, inbox, before)
    const context = await profile.context()
    let reach = () => {}
    const arrived = new Promise<void>((resolve) => (reach = resolve))
    await prepare(context, () => reach())
    await write(page, 'Is anybody there?')
    await arrived
    await profile.kill()

    const again = await openChat(inbox)
    await isSettled(again, inbox, [...before, 'Is anybody there?'])
    await again.close()
    const fresh = await openChat(inbox)
    await isSettled(fresh, inbox, [...before, 'Is anybody there?'])
    await fresh.close()
  })
})

/** Chat that knows its conversation: what can wait has come. */
async function openKnown(inbox: Inbox): Promise<Page> {
  const page = await openChat(inbox)
  await page.getByRole('button', { name: 'Emoji' }).waitFor()
  return page
}

/** `KILLS=150` for a long look. */
test('I2 I5 I7 whenever a browser is killed, at once or later, nothing that stood there is lost, doubled or moved', async () => {
  const kills = Number(process.env['KILLS'] ?? 4)
  let inbox!: Inbox
  let there: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    if (kill % 10 === 0) [inbox, there] = [await desk.anInbox(), []]
    const page = await openKnown(inbox)
    await eventually(async () => expect(await own(page)).toEqual(there))
    const text = `Message ${kill}`
    await write(page, text)
    const waitMs = Math.random() * 300
    await setTimeout(waitMs)
    await profile.kill()

    const again = await openKnown(inbox)
    let shown: string[] = []
    await eventually(async () => {
      shown = await own(again)
      expect(stored(inbox).flat()).toEqual(shown)
      expect(await waiting(again, inbox)).toBe(0)
      expect([there, [...there, text]], `killed after ${waitMs} ms`).toContainEqual(shown)
    })
    if (!shown.includes(text)) console.log(`killed ${waitMs} ms after Enter, before it was kept`)
    there = shown
    await again.close()
  }
}, 600_000)

test('T6 T7 what one tab writes is pending in the other; when the writing one closes mid-send, the other finishes', async () => {
  const inbox = await desk.anInbox()
  const one = await openChat(inbox)
  await write(one, 'First.')
  await isSettled(one, inbox, ['First.'])
  const two = await openChat(inbox)
  await eventually(async () => expect(await own(two)).toEqual(['First.']))
  const context = await profile.context()
  await holdPosts(context, (route) => route.abort())
  await write(one, 'Half.')
  await eventually(async () => expect(await own(two)).toEqual(['First.', 'Half.']))
  await one.close()
  await context.unrouteAll()
  await isSettled(two, inbox, ['First.', 'Half.'])
  await two.close()
})

test('who comes back and writes before anything is known goes on with the same conversation', async () => {
  const inbox = await desk.anInbox()
  const before = await openChat(inbox)
  await write(before, 'First.')
  await isSettled(before, inbox, ['First.'])
  await before.close()
  const context = await profile.context()
  let go = () => {}
  const written = new Promise<void>((resolve) => (go = resolve))
  await context.route('**/v1/visitor/sessions/refresh', (route) => written.then(() => route.continue()))
  const page = await openChat(inbox)
  await write(page, 'Second.')
  await eventually(async () => expect(await own(page)).toEqual(['Second.']))
  go()
  await isSettled(page, inbox, ['First.', 'Second.'])
  await context.unrouteAll()
  await page.close()
})
