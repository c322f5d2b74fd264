import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AgentClient, type AgentConversation, agentSignIn, createAgent, type Inbox } from '../../sdk/agent.js'
import { openBrowser, openWindow } from '../support/browser.js'
import { hostPage } from '../support/host-page.js'
import type { Site } from '../support/loopback-site.js'
import { ADMIN, type ServerProcess, serverProcess } from '../support/server-process.js'

let browser: Browser
let server: ServerProcess
let site: Site
let agent: AgentClient
let inbox: Inbox
let visitor: Page
let complaints: string[]
let conversation: AgentConversation

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), serverProcess()])
  site = await hostPage(server.url)
  const signIn = agentSignIn({ url: server.url })
  await signIn.withPassword(ADMIN.email, ADMIN.password)
  agent = createAgent({
    url: server.url,
    getToken: signIn.getToken,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
  })
  await agent.connect()
  inbox = await agent.inboxes.create({
    name: 'A shop',
    settings: { title: 'Ask us', askEmail: 'required', consent: 'We keep this for 30 days.' },
  })
  const window = await openWindow(browser)
  visitor = window.page
  complaints = window.complaints
})
afterAll(async () => {
  await agent?.close()
  await browser?.close()
  await site?.close()
  await server?.stop()
})

const write = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Write a message…' }).fill(text)
  await page.keyboard.press('Enter')
}

test('the inbox asks before the first message, and the agent reads what was said', async () => {
  await visitor.goto(`${site.origin}/${inbox.key}`)
  await visitor.getByRole('button', { name: 'Open chat' }).click()
  const form = visitor.getByRole('form', { name: 'Before we start' })
  await form.getByLabel('Your e-mail').fill('Kim@Shop.Example')
  await form.getByLabel('We keep this').check()
  await form.getByRole('button', { name: 'Start chat' }).click()
  await write(visitor, 'Is **this** one in stock?')

  const list = agent.list('all')
  list.open()
  const ours = () => list.store.getSnapshot().items.find(({ inboxId }) => inboxId === inbox.id)
  await expect.poll(ours).toBeDefined()
  conversation = agent.conversation(ours()!.conversationId)
  conversation.open()
  expect(await conversation.contact()).toMatchObject({
    email: 'kim@shop.example',
    verified: false,
    consentedAt: expect.stringMatching(/Z$/) as string,
  })
})

test('on the next page the visitor is told of an answer without touching anything', async () => {
  await visitor.goto(`${site.origin}/${inbox.key}?next`)
  await visitor.getByRole('button', { name: 'Open chat' }).waitFor()
  await expect.poll(() => agent.presence.getSnapshot().get(conversation.id!)?.state, { timeout: 20_000 }).toBeDefined()
  await conversation.messages.send({ body: 'Let me look.' }).sent
  await visitor.getByRole('button', { name: 'Open chat, unread messages: 1' }).waitFor()
  await visitor.getByText('Let me look.').click()
  await visitor.getByRole('log').getByText('Let me look.').waitFor()
})

test('a resolved conversation is rated, and the agent is told', async () => {
  await conversation.messages.send({ body: 'It is.' }).sent
  await visitor.getByText('It is.').first().waitFor()
  await conversation.resolve()
  await visitor.getByRole('radio', { name: '4 stars of 5' }).click()
  await visitor.getByLabel('Say more, if you like').fill('Quick!')
  await visitor.keyboard.press('Enter')
  await expect
    .poll(() => conversation.thread.getSnapshot().rating, { timeout: 20_000 })
    .toMatchObject({ score: 4, comment: 'Quick!' })
})

test('home has the conversation, and a transcript of it to keep', async () => {
  await visitor.getByRole('button', { name: 'All conversations' }).click()
  const [file] = await Promise.all([
    visitor.waitForEvent('download'),
    visitor.getByRole('button', { name: /Download the conversation/ }).click(),
  ])
  const text = await readFile(await file.path(), 'utf8')
  expect(text.split('\n').map((line) => line.replace(/^\[.*\] /, ''))).toEqual([
    'Ask us',
    '',
    'You: Is **this** one in stock?',
    ...['Let me look.', 'It is.'].map((body) => `${agent.session.getSnapshot()!.agent.name}: ${body}`),
    '',
  ])
})

test('the visitor takes everything along, then has it erased; the agent sees that it is gone', async () => {
  const [file] = await Promise.all([
    visitor.waitForEvent('download'),
    visitor.getByRole('button', { name: 'Download everything' }).click(),
  ])
  const data = JSON.parse(await readFile(await file.path(), 'utf8')) as { contact: { email: string } }
  expect(data.contact.email).toBe('kim@shop.example')
  await visitor.getByRole('button', { name: 'Erase everything' }).click()
  await visitor.getByRole('button', { name: 'Erase for good?' }).click()
  await expect
    .poll(() =>
      conversation.thread.getSnapshot().items.flatMap((item) => (item.kind === 'message' ? item.message.body : [])),
    )
    .toEqual(['', 'Let me look.', 'It is.'])
  expect(await conversation.contact()).toMatchObject({ email: null, name: '', consentedAt: null })
  await visitor.getByRole('form', { name: 'Before we start' }).waitFor()
})

test('who reads German is spoken to in German, from the launcher to the emoji, by this server alone', async () => {
  const { page, complaints: heard } = await openWindow(browser, undefined, 'de-AT')
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(new URL(request.url()).origin))
  await page.goto(`${site.origin}/${inbox.key}`)
  await page.getByRole('button', { name: 'Chat öffnen' }).click()
  await page.getByLabel('Ihre E-Mail-Adresse').fill('toni@shop.example')
  await page.getByLabel('We keep this').check()
  await page.getByRole('button', { name: 'Chat beginnen' }).click()
  await page.getByRole('button', { name: 'Emojis' }).click()
  await page.getByPlaceholder('Suchen').fill('heart')
  await page.getByText('Suchergebnisse').waitFor()
  expect([[...asked].sort(), heard]).toEqual([[server.url, site.origin].sort(), []])
})

test('signing out in one tab closes the chat of the other, which begins anew and shows nothing of it', async () => {
  const { key } = await agent.inboxes.create({ name: 'Another shop' })
  const { page: one } = await openWindow(browser)
  await one.goto(`${site.origin}/${key}`)
  await one.getByRole('button', { name: 'Open chat' }).click()
  await write(one, 'Order 4711')
  await one.getByRole('log').getByText('Order 4711').waitFor()
  await one.getByText('Sent').waitFor()
  const two = await one.context().newPage()
  await two.goto(`${site.origin}/${key}`)
  await two.getByRole('button', { name: 'Open chat' }).click()
  await two.getByRole('log').getByText('Order 4711').waitFor()
  await one.evaluate(() => (window as unknown as { Parley: { logout(): void } }).Parley.logout())
  await two.getByRole('log').waitFor({ state: 'hidden' })
  await two.getByRole('button', { name: 'Open chat' }).click()
  await two.getByText('Hello! How can we help?').waitFor()
  await write(two, 'Somebody new')
  await two.getByText('Sent').waitFor()
  expect(await two.getByText('Order 4711').count()).toBe(0)
})

test('I4 O4 a page left before its first message is answered goes on as one conversation on the next, in order', async () => {
  const { id, key } = await agent.inboxes.create({ name: 'A hasty shop' })
  const { page } = await openWindow(browser)
  // it is stored, and neither page ever hears of it
  await page.route('**/v1/conversations', (route) =>
    route.request().method() === 'POST' ? void route.fetch() : route.continue(),
  )
  await page.goto(`${site.origin}/${key}`)
  await page.getByRole('button', { name: 'Open chat' }).click()
  // by then it is known that there is no conversation to go on with
  await page.getByRole('button', { name: 'All conversations' }).waitFor()
  for (const text of ['One', 'Two']) await write(page, text)
  const list = agent.list('all')
  list.open()
  const ours = () => list.store.getSnapshot().items.find(({ inboxId }) => inboxId === id)
  await expect.poll(ours, { timeout: 20_000 }).toBeDefined()
  const desk = agent.conversation(ours()!.conversationId)
  desk.open()
  await page.goto(`${site.origin}/${key}?next`)
  await page.getByRole('button', { name: 'Open chat' }).click()
  await page.getByRole('log').getByText('One').waitFor()
  await write(page, 'Three')
  await page.getByRole('log').getByText('Three').waitFor()
  const bodies = () =>
    desk.thread.getSnapshot().items.flatMap((item) => (item.kind === 'message' ? item.message.body : []))
  await expect.poll(bodies, { timeout: 30_000 }).toEqual(['One', 'Two', 'Three'])
  await desk.messages.send({ body: 'Four' }).sent
  await page.getByRole('log').getByText('Four').waitFor()
  expect(await page.locator('.row:not(.greeting) .text').allInnerTexts()).toEqual(['One', 'Two', 'Three', 'Four'])
})

test('O10 a visitor whom the server no longer knows is signed out by what they write, which waits for them in a new chat', async () => {
  const { key } = await agent.inboxes.create({ name: 'A forgetful shop' })
  const { page } = await openWindow(browser)
  const asked = page.waitForRequest('**/v1/conversations')
  await page.goto(`${site.origin}/${key}`)
  await page.getByRole('button', { name: 'Open chat' }).click()
  await write(page, 'Order 4711')
  await page.getByText('Sent').waitFor()
  const { authorization } = await (await asked).allHeaders()
  const erased = await fetch(`${server.url}/v1/visitor`, {
    method: 'DELETE',
    headers: { authorization: authorization! },
  })
  expect(erased.status).toBe(204)
  await write(page, 'Is it on its way?')
  await page.getByRole('log').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Open chat' }).click()
  await page.getByText('Not sent.').waitFor()
  expect(await page.locator('.row:not(.greeting) .text').allInnerTexts()).toEqual(['Is it on its way?'])
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Sent').waitFor()
})

test('T10 two tabs in which the chat is opened at the same time are one visitor', async () => {
  const { id, key } = await agent.inboxes.create({ name: 'A third shop' })
  const { page: one } = await openWindow(browser)
  const pages = [one, await one.context().newPage()]
  for (const page of pages) await page.goto(`${site.origin}/${key}`)
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Open chat' }).click()))
  await Promise.all(pages.map((page, at) => write(page, `From tab ${at}`)))
  await Promise.all(pages.map((page) => page.getByText('Sent').first().waitFor()))
  const list = agent.list('all')
  list.open()
  const contacts = () =>
    list.store.getSnapshot().items.flatMap(({ inboxId, contact }) => (inboxId === id ? contact.id : []))
  await expect.poll(contacts).not.toEqual([])
  expect(new Set(contacts()).size).toBe(1)
})

test('the page complained of nothing', () => {
  expect(complaints).toEqual([])
})
