import { createAgent, agentSignIn } from '../../sdk/agent.js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openBrowser, openWindow } from '../support/browser.js'
import { examplesSite } from '../support/examples-site.js'
import type { Site } from '../support/loopback-site.js'
import { ADMIN, type ServerProcess, serverProcess } from '../support/server-process.js'

const FRAMEWORKS = ['react', 'vue', 'svelte', 'angular', 'plain']
let server: ServerProcess
let browser: Browser
let site: Site

beforeAll(async () => {
  ;[server, browser] = await Promise.all([serverProcess(), openBrowser()])
  site = await examplesSite(FRAMEWORKS, server.url)
})
afterAll(() => Promise.all([site?.close(), server.stop(), browser.close()]))

/** A window on an example that notes what goes wrong and which sockets are open. */
async function openExample(name: string) {
  const { page, complaints } = await openWindow(browser)
  const sockets = new Set<unknown>()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('websocket', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  // the script comes when the framework has long made the element
  await page.route('**/widget.js*', async (route) => {
    await page.locator('parley-chat').waitFor({ state: 'attached' })
    await route.continue()
  })
  await page.goto(`${site.origin}/${name}/`)
  return { page, complaints, sockets }
}
const chatIsFirst = (page: Page) =>
  page.evaluate(() => {
    const chat = document.querySelector('parley-chat')!
    return chat.compareDocumentPosition(document.querySelector('p')!) === Node.DOCUMENT_POSITION_FOLLOWING
  })

test.each(FRAMEWORKS)('%s makes the chat, moves it, takes it away without a trace and brings it back', async (name) => {
  const { page, complaints, sockets } = await openExample(name)
  const launcher = page.getByRole('button', { name: 'Open chat' })
  await expect
    .poll(() => launcher.evaluate((button) => getComputedStyle(button).backgroundColor))
    .toBe('rgb(122, 32, 72)')
  const ownSockets = name === 'react' ? 1 : 0
  await launcher.click()
  const composer = page.getByRole('dialog').getByRole('textbox')
  await expect.poll(() => sockets.size).toBe(ownSockets + 1)
  await composer.fill('Half a sentence')

  const chat = await page.locator('parley-chat').elementHandle()
  for (const isFirst of [false, true]) {
    await page.getByRole('button', { name: 'Move the chat' }).click()
    await expect.poll(() => chatIsFirst(page)).toBe(isFirst)
  }
  expect(await page.evaluate((before) => document.querySelector('parley-chat') === before, chat)).toBe(true)
  expect(await composer.inputValue()).toBe('Half a sentence')

  await page.getByRole('button', { name: 'Take the chat away' }).click()
  await expect.poll(() => sockets.size).toBe(ownSockets)
  const left = () => [document.querySelectorAll('parley-chat').length, document.documentElement.children.length]
  expect(await page.evaluate(left)).toEqual([0, 2])

  await page.getByRole('button', { name: 'Bring the chat back' }).click()
  await launcher.click()
  await composer.waitFor()
  expect(await page.locator('parley-chat').count()).toBe(1)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a conversation drawn with useChat is live on the real server, and no message is there twice', async () => {
  const { page, complaints, sockets } = await openExample('react')
  const signIn = agentSignIn({ url: server.url })
  await signIn.withPassword(ADMIN.email, ADMIN.password)
  const socket = WebSocket as unknown as typeof globalThis.WebSocket
  const agent = createAgent({ url: server.url, getToken: signIn.getToken, WebSocket: socket })
  await agent.connect()
  agent.on('message', ({ conversationId, own }) => {
    if (own) return
    const answer = agent.conversation(conversationId)
    answer.open()
    answer.messages.send({ body: 'We do, in three days.' })
  })
  await page.getByLabel('Message', { exact: true }).fill('Do you ship to Norway?')
  await page.keyboard.press('Enter')
  const thread = page.locator('form p')
  const lines = async () => (await thread.allTextContents()).filter((text) => text.includes(':'))
  await expect
    .poll(lines, { timeout: 20_000 })
    .toEqual([
      expect.stringMatching(/^You: Do you ship to Norway\? \((sent|delivered|read)\)$/),
      expect.stringMatching(/: We do, in three days\.$/),
    ])
  expect(sockets.size).toBe(1)
  expect(complaints).toEqual([])
  await page.context().close()
  await agent.close()
})
