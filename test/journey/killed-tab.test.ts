import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.js'
import { eventually } from '../support/eventually.js'
import { type HostPage, hostPage } from '../support/host-page.js'
import { type ServerProcess, serverProcess } from '../support/server-process.js'

let server: ServerProcess
let site: HostPage
beforeAll(async () => {
  server = await serverProcess()
  site = await hostPage(server.url)
})
afterAll(async () => {
  await site?.close()
  await server?.stop()
})

/** A browser with a profile on disk, killed as a power button would: by the ids of its own processes. */
async function aProfile(flags: string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-profile-'))
  let context: BrowserContext
  async function open(): Promise<Page> {
    context = await chromium.launchPersistentContext(folder, {
      executablePath: await chromiumPath(),
      args: [...CHROMIUM_FLAGS, ...flags, '--remote-debugging-port=0'],
    })
    return context.pages()[0] ?? context.newPage()
  }
  return {
    open,
    tab: () => context.newPage(),
    context: () => context,
    async kill() {
      const client = await context.browser()!.newBrowserCDPSession()
      const { processInfo } = await client.send('SystemInfo.getProcessInfo')
      const [main] = processInfo.filter(({ type }) => type === 'browser')
      const closed = new Promise((resolve) => context.once('close', resolve))
      process.kill(main!.id, 'SIGKILL')
      await closed
    },
    async end() {
      await context.close().catch(() => {})
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
async function anInbox(): Promise<string> {
  const page = await fetch(`${server.url}/`).then((answer) => answer.text())
  return /inbox=([\w-]+)/.exec(page)![1]!
}
/** What is shown besides the greeting. */
const own = async (page: Page) =>
  (await page.locator('.bubble').allInnerTexts()).filter((text) => !/^Hello!/.test(text))
async function openChat(page: Page, key: string) {
  await page.goto(`${site.origin}/${key}`)
  await page.getByRole('button', { name: /Open chat/ }).click()
}
async function write(page: Page, text: string) {
  await page.getByRole('textbox', { name: 'Write a message…' }).fill(text)
  await page.keyboard.press('Enter')
}
const POSTS = /\/v1\/conversations(\/[^/]+\/messages)?$/

const steps = {
  'while its server cannot be reached at all': (context: BrowserContext) =>
    context.route(POSTS, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue())),
  'while its post is on the way': (context: BrowserContext, arrived: () => void) =>
    context.route(POSTS, (route) => (route.request().method() === 'POST' ? arrived() : route.continue())),
  'when it is stored and not answered': (context: BrowserContext, arrived: () => void) =>
    context.route(POSTS, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      arrived()
    }),
  'as soon as it is answered': async (context: BrowserContext, arrived: () => void) => {
    context.on(
      'response',
      (response) => POSTS.test(response.url()) && response.request().method() === 'POST' && arrived(),
    )
  },
}

for (const isFirst of [true, false])
  test.each(Object.entries(steps))(
    `O1 I7 the browser is killed %s: ${isFirst ? 'a first' : 'a later'} message is there after reopening, once`,
    async (step, prepare) => {
      const key = await anInbox()
      const profile = await aProfile()
      try {
        const page = await profile.open()
        await openChat(page, key)
        if (!isFirst) {
          await write(page, 'Before.')
          await eventually(async () => expect(await own(page)).toEqual(['Before.']))
          await eventually(async () => expect(await waiting(page, key)).toBe(0))
        }
        const arrived = new Promise<void>((resolve) => void prepare(profile.context(), resolve))
        await write(page, 'Is anybody there?')
        await Promise.race([arrived, eventually(async () => expect(await waiting(page, key)).toBeGreaterThan(0))])
        if (!step.includes('at all')) await arrived
        await profile.kill()

        const again = await profile.open()
        await openChat(again, key)
        const expected = [...(isFirst ? [] : ['Before.']), 'Is anybody there?']
        await eventually(async () => expect(await own(again)).toEqual(expected))
        await eventually(async () => expect(await waiting(again, key)).toBe(0))
        await again.reload()
        await again.getByRole('button', { name: /Open chat/ }).click()
        await eventually(async () => expect(await own(again)).toEqual(expected))
      } finally {
        await profile.end()
      }
    },
  )

/** How many drafts are kept. */
const waiting = (page: Page, key: string) =>
  page.evaluate(async (place) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(place, 1)
      request.onsuccess = () => resolve(request.result)
    })
    return new Promise<number>((resolve) => {
      const count = db.transaction('drafts').objectStore('drafts').count()
      count.onsuccess = () => resolve(count.result)
    })
  }, `parley:${key}`)

test('T6 T7 what one tab writes is pending in the other; when the writing one closes mid-send, the other finishes', async () => {
  const key = await anInbox()
  const profile = await aProfile()
  try {
    const one = await profile.open()
    await openChat(one, key)
    await write(one, 'First.')
    await eventually(async () => expect(await own(one)).toEqual(['First.']))
    const two = await profile.tab()
    await openChat(two, key)
    await eventually(async () => expect(await own(two)).toEqual(['First.']))
    let isHeld = true
    await profile.context().route(POSTS, (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      return isHeld ? route.abort() : route.continue()
    })
    await write(one, 'Half.')
    await eventually(async () => expect(await own(two)).toEqual(['First.', 'Half.']))
    await one.close()
    isHeld = false
    await eventually(async () => expect(await waiting(two, key)).toBe(0))
    await eventually(async () => expect(await own(two)).toEqual(['First.', 'Half.']))
  } finally {
    await profile.end()
  }
})
