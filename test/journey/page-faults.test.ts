import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Inbox } from '../../sdk/agent.js'
import type { ActorType, Durability, ThreadItem } from '../../sdk/index.js'
import { type AgentDesk, messagesOf, openDesk } from '../support/agent-desk.js'
import { openBrowser } from '../support/browser.js'
import { eventually } from '../support/eventually.js'
import type { Site } from '../support/loopback-site.js'
import { enter, say, sdkSite, shown, untilLive } from '../support/sdk-page.js'
import { type ServerProcess, serverProcess } from '../support/server-process.js'

/** Between two messages of the agent: several fall into each fault, and none into a bucket that is empty. */
const PACE_MS = 60

let server: ServerProcess
let site: Site
let desk: AgentDesk
let browser: Browser
beforeAll(async () => {
  server = await serverProcess()
  ;[site, desk, browser] = await Promise.all([sdkSite(server.url), openDesk(server.url), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await desk?.close()
  await site?.close()
  await server?.stop()
})

/** A window that shares nothing with any other; what `blocks` says runs in it before the site does. */
async function aWindow(blocks?: () => void): Promise<BrowserContext> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  if (blocks) await context.addInitScript(blocks)
  return context
}
async function aPage(context: BrowserContext, inbox: Inbox, path = '/'): Promise<Page> {
  const page = await context.newPage()
  await enter(page, { address: site.origin + path, url: server.url, inboxKey: inbox.key })
  return page
}
/** A visitor who has written "Hello?", which the agent has before them. */
async function aVisitor(context: BrowserContext, path = '/') {
  const inbox = await desk.anInbox()
  const page = await aPage(context, inbox, path)
  await say(page, 'Hello?')
  return { page, inbox, conversation: await begunIn(inbox) }
}
const begunIn = (inbox: Inbox) =>
  eventually(() => {
    const [begun] = desk.conversationsOf(inbox)
    expect(begun).toBeDefined()
    return begun!
  })
type AVisitor = Awaited<ReturnType<typeof aVisitor>>

/** Has the agent write until `fault` is over. Resolves with what was acknowledged. */
async function meanwhile({ conversation }: AVisitor, fault: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = []
  let isOver = false
  const writing = (async () => {
    for (let number = 1; !isOver; number++) {
      const { body } = await conversation.messages.send({ body: `Answer ${number}.` }).sent
      said.push(body)
      await sleep(PACE_MS)
    }
  })()
  await fault().finally(() => (isOver = true))
  await writing
  return said
}
const itemsOf = ({ conversation }: AVisitor) =>
  conversation.thread.getSnapshot().items.filter(({ kind }) => kind !== 'activity')
function untilAnswers(visitor: AVisitor, count: number) {
  const before = itemsOf(visitor).length
  return eventually(() => expect(itemsOf(visitor).length).toBeGreaterThanOrEqual(before + count))
}

const linesOf = (items: ThreadItem[]) =>
  items.map((item) =>
    item.kind === 'message' ? `${item.message.seq} ${item.message.id} ${item.message.body}` : item.kind,
  )
const bodiesBy = (type: ActorType, items: ThreadItem[]) =>
  messagesOf(items).flatMap(({ author, body }) => (author.type === type ? body : []))

/** Page and agent are shown the same, once and in the order of sending, and the page never took back what it showed. */
async function agree(visitor: AVisitor, written: string[], answers: string[] = []) {
  const { items, jumps } = await eventually(async () => {
    const all = await shown(visitor.page)
    expect(linesOf(all.items)).toEqual(linesOf(itemsOf(visitor)))
    expect(bodiesBy('contact', all.items)).toEqual(written)
    expect(bodiesBy('agent', all.items)).toEqual(answers)
    return all
  })
  expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
  expect(jumps).toEqual([])
  expect(desk.conversationsOf(visitor.inbox)).toEqual([visitor.conversation])
}

/** Stops the processes of all pages: the lifecycle state `frozen` does nothing to a headless one, which is always in sight. */
async function freeze() {
  const devtools = await browser.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  for (const { id } of renderers) process.kill(id, 'SIGSTOP')
  return () => renderers.forEach(({ id }) => process.kill(id, 'SIGCONT'))
}

test('I1 I4 I9 I10 a page that was frozen is shown all it missed once it thaws', async () => {
  const visitor = await aVisitor(await aWindow())
  const answers = await meanwhile(visitor, async () => {
    await untilAnswers(visitor, 2)
    const thaw = await freeze()
    await untilAnswers(visitor, 10).finally(thaw)
    await say(visitor.page, 'I am back.')
  })
  await agree(visitor, ['Hello?', 'I am back.'], answers)
})

test('I1 I2 I5 I7 what was on its way when the page was loaded anew is sent once, what waited behind it after it', async () => {
  const context = await aWindow()
  const visitor = await aVisitor(context)
  const { page, inbox } = visitor
  const answers = await meanwhile(visitor, async () => {
    for (const round of [1, 2]) {
      const stored = new Promise<void>((resolve) => {
        void context.route(/\/messages$/, async (route) => {
          if (route.request().method() !== 'POST') return route.continue()
          // the first round is not sent, the second is stored; the page hears of neither
          if (round === 2) await route.fetch()
          resolve()
        })
      })
      await say(page, ...['a', 'b', 'c'].map((part) => `${round}${part}`))
      await stored
      await context.unrouteAll()
      await enter(page, { address: site.origin, url: server.url, inboxKey: inbox.key })
      await eventually(async () => expect((await shown(page)).items.filter(({ kind }) => kind === 'draft')).toEqual([]))
    }
  })
  await agree(visitor, ['Hello?', '1a', '1b', '1c', '2a', '2b', '2c'], answers)
})

test('I1 I2 I5 I10 what is written while the network comes and goes is sent once, in order', async () => {
  const context = await aWindow()
  const visitor = await aVisitor(context)
  const written = ['Hello?']
  const write = (body: string) => {
    written.push(body)
    return say(visitor.page, body)
  }
  const answers = await meanwhile(visitor, async () => {
    for (const round of [1, 2, 3]) {
      await write(`${round} before`)
      await context.setOffline(true)
      expect(await write(`${round} without`)).toEqual(['durable'])
      await write(`${round} still without`)
      await untilAnswers(visitor, 2)
      await context.setOffline(false)
      await write(`${round} after`)
    }
  })
  await agree(visitor, written, answers)
})

test.each<[string, string, (() => void)?]>([
  ["a site's policy forbids it", '/no-sockets'],
  [
    'its class throws',
    '/',
    () => {
      window.WebSocket = class {
        constructor() {
          throw new DOMException('no sockets here', 'SecurityError')
        }
      } as unknown as typeof WebSocket
    },
  ],
  ['there is no such class', '/', () => void Reflect.deleteProperty(window, 'WebSocket')],
])('I1 I4 I10 where no WebSocket opens, for %s, messages come by long polls', async (_, path, blocks) => {
  const visitor = await aVisitor(await aWindow(blocks), path)
  await untilLive(visitor.page)
  const answers = await meanwhile(visitor, async () => {
    await untilAnswers(visitor, 3)
    await say(visitor.page, 'Do you hear me?')
    await untilAnswers(visitor, 2)
  })
  await agree(visitor, ['Hello?', 'Do you hear me?'], answers)
})

const withoutDatabase = () => {
  Object.defineProperty(window, 'indexedDB', {
    get() {
      throw new DOMException('no databases here', 'SecurityError')
    },
  })
}
const withoutStorage = () => {
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException('nothing is kept here', 'SecurityError')
      },
    })
}
/** Of 1 byte: the browser takes 0 for no quota at all. */
const withoutRoom = async (page: Page) => {
  await page.goto(site.origin)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 1 })
}

test.each<[string, Durability, { blocks?: () => void; before?: (page: Page) => Promise<void> }]>([
  ['no database', 'session', { blocks: withoutDatabase }],
  ['neither database nor storage', 'memory', { blocks: withoutStorage }],
  ['no room in its quota', 'session', { before: withoutRoom }],
])('O2 with %s a message is sent all the same, and `queued` says "%s"', async (_, durability, { blocks, before }) => {
  const inbox = await desk.anInbox()
  const page = await (await aWindow(blocks)).newPage()
  await before?.(page)
  await enter(page, { address: site.origin, url: server.url, inboxKey: inbox.key })
  expect(await say(page, 'Hello?', 'Anybody?')).toEqual([durability, durability])
  await agree({ page, inbox, conversation: await begunIn(inbox) }, ['Hello?', 'Anybody?'])
})

/** What the site's storage holds, by any name. */
const left = (page: Page) =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const rows = databases.map(
      ({ name }) =>
        new Promise<unknown[]>((resolve) => {
          const opened = indexedDB.open(name!)
          opened.onsuccess = () => {
            const db = opened.result
            const stores = [...db.objectStoreNames]
            const found: unknown[] = []
            const transaction = db.transaction(stores)
            for (const store of stores)
              transaction.objectStore(store).getAll().onsuccess = ({ target }) =>
                found.push(...(target as IDBRequest<unknown[]>).result)
            transaction.oncomplete = () => resolve(found)
            db.close()
          }
        }),
    )
    return [...(await Promise.all(rows)).flat(), ...Object.values(localStorage)]
  })

test('T9 O9 sign-out in one tab forgets session, drafts and secret in the other too, and on the disk', async () => {
  const context = await aWindow()
  const visitor = await aVisitor(context)
  const other = await aPage(context, visitor.inbox)
  await eventually(async () => expect(bodiesBy('contact', (await shown(other)).items)).toEqual(['Hello?']))
  await context.setOffline(true)
  await say(visitor.page, 'Never sent.')
  await eventually(async () => expect((await shown(other)).items.map(({ kind }) => kind)).toEqual(['message', 'draft']))
  expect(JSON.stringify(await left(other))).toContain('Never sent.')
  await visitor.page.evaluate(() => window.visitor.chat.logout())
  await other.waitForFunction(() => window.visitor.chat.session.getSnapshot() === null)
  await eventually(async () => expect(await left(other)).toEqual([]))
  await context.setOffline(false)
  const fresh = await aPage(context, visitor.inbox)
  expect((await shown(fresh)).items).toEqual([])
  await say(fresh, 'Somebody new.')
  await eventually(() => expect(desk.conversationsOf(visitor.inbox)).toHaveLength(2))
  expect(bodiesBy('contact', itemsOf(visitor))).toEqual(['Hello?'])
})

test('O9 who signs out while the server is asked to go on with them is somebody new on the next page', async () => {
  const context = await aWindow()
  const visitor = await aVisitor(context)
  await visitor.page.close()
  const page = await context.newPage()
  let arrive = () => {}
  const arrival = new Promise<void>((resolve) => (arrive = resolve))
  await page.route('**/v1/visitor/sessions/refresh', async (route) => {
    const response = await route.fetch()
    await arrival
    await route.fulfill({ response })
  })
  await page.goto(site.origin)
  await page.waitForFunction(() => 'createChat' in window)
  const asked = page.waitForRequest('**/v1/visitor/sessions/refresh')
  const connecting = page.evaluateHandle(
    ({ url, inboxKey }) => {
      const chat = window.createChat({ url, inboxKey })
      return { chat, ending: chat.connect().catch((error: { code: string }) => error.code) }
    },
    { url: server.url, inboxKey: visitor.inbox.key },
  )
  await asked
  await (await connecting).evaluate(({ chat }) => chat.logout())
  arrive()
  expect(await (await connecting).evaluate(({ ending }) => ending)).toBe('aborted')
  expect(await left(page)).toEqual([])
  await page.close()
  expect((await shown(await aPage(context, visitor.inbox))).items).toEqual([])
})

test('O1 a private window keeps its drafts as well as any, and leaves nothing behind when it is closed', async () => {
  const first = await browser.newContext()
  const visitor = await aVisitor(first)
  expect(await say(visitor.page, 'Is this private?')).toEqual(['durable'])
  await agree(visitor, ['Hello?', 'Is this private?'])
  await first.close()
  const page = await aPage(await aWindow(), visitor.inbox)
  expect((await shown(page)).items).toEqual([])
  expect(await page.evaluate(() => window.visitor.chat.conversations.getSnapshot().items)).toEqual([])
})
