import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { Chat, Conversation, createChat, Durability, ThreadItem } from '../../sdk/index.js'
import { loopbackSite, type Site } from './loopback-site.js'

const SDK = fileURLToPath(new URL('../../dist/sdk/parley.js', import.meta.url))

/** What the page of `sdkSite` keeps in its window. */
interface Visitor {
  chat: Chat
  conversation: Conversation
  /** Every list of messages that was shown and did not go on from the one before it. */
  jumps: string[][]
}
declare global {
  interface Window {
    visitor: Visitor
    createChat: typeof createChat
  }
}

/** A site of another origin that has the built SDK and nothing else; at `/no-sockets` its policy forbids them. */
export async function sdkSite(serverUrl: string): Promise<Site> {
  const sdk = await readFile(SDK)
  return loopbackSite((request, response) => {
    if (request.url === '/parley.js') return response.setHeader('content-type', 'text/javascript').end(sdk)
    const sockets = request.url === '/no-sockets' ? '' : serverUrl.replace('http', 'ws')
    response.setHeader('content-security-policy', `connect-src ${serverUrl} ${sockets}`)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>A site</title><script type="module">
      import { createChat } from '/parley.js'
      window.createChat = createChat
    </script>`)
  })
}

/** Opens the only conversation of whoever this page's visitor is, or a new one. */
export async function enter(page: Page, options: { address: string; url: string; inboxKey: string }): Promise<void> {
  await page.goto(options.address)
  await page.waitForFunction(() => 'createChat' in window)
  await page.evaluate(async ({ url, inboxKey }) => {
    const chat = window.createChat({ url, inboxKey })
    await chat.connect()
    const [known] = chat.conversations.getSnapshot().items
    const conversation = known ? chat.conversation(known.conversationId) : chat.newConversation()
    const jumps: string[][] = []
    let shown: string[] = []
    conversation.thread.subscribe(() => {
      const now = conversation.thread.getSnapshot().items.flatMap((item) => (item.kind === 'message' ? item.key : []))
      if (shown.some((key, at) => now[at] !== key)) jumps.push(shown, now)
      shown = now
    })
    conversation.open()
    window.visitor = { chat, conversation, jumps }
  }, options)
}

/** Hands in, and resolves once all are kept. */
export const say = (page: Page, ...bodies: string[]): Promise<Durability[]> =>
  page.evaluate(
    (all) =>
      Promise.all(
        all.map((body) =>
          window.visitor.conversation.messages.send({ body }).queued.then(({ durability }) => durability),
        ),
      ),
    bodies,
  )

/** All messages and drafts as the page shows them, and `jumps`. */
export const shown = (page: Page): Promise<{ items: ThreadItem[]; jumps: string[][] }> =>
  page.evaluate(() => {
    const { conversation, jumps } = window.visitor
    return { items: conversation.thread.getSnapshot().items.filter(({ kind }) => kind !== 'activity'), jumps }
  })

/** News comes, by socket or by long poll. */
export const untilLive = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => ['live', 'degraded'].includes(window.visitor.chat.connection.getSnapshot().phase), null, {
    polling: 20,
  })
