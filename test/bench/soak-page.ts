import type { Chat, Conversation } from '../../sdk/index.js'
import { openBrowser } from '../support/browser.js'
import { sdkSite } from '../support/sdk-page.js'

declare global {
  interface Window {
    soak: { chat: Chat; conversation: Conversation; leave: () => void; newest: () => number }
  }
}

export interface SoakPage {
  /** Begins a conversation, in place of the one before. Resolves with its id. */
  begin(): Promise<string>
  /** Resolves once all are stored. */
  send(bodies: string[]): Promise<void>
  /** `seq` of the newest message shown. */
  newest(): Promise<number>
  /** Resolves once the connection is live and everything up to `seq` is shown. */
  seen(seq: number): Promise<void>
  heldBytes(): Promise<number>
  close(): Promise<void>
}

/** A visitor with the built SDK in a browser of its own. */
export async function openSoakPage(url: string, inboxKey: string): Promise<SoakPage> {
  const site = await sdkSite(url)
  const browser = await openBrowser()
  const page = await browser.newPage()
  // the runner of these scripts wraps named functions, also those that are handed to the page
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.goto(site.origin)
  await page.waitForFunction(() => 'createChat' in window)
  await page.evaluate(
    async ([url, inboxKey]) => {
      const chat = window.createChat({ url, inboxKey, random: () => Math.random() / 20 })
      await chat.connect()
      const newest = () => {
        const last = window.soak.conversation.thread.getSnapshot().items.at(-1)
        return last?.kind === 'message' ? last.message.seq : 0
      }
      window.soak = { chat, conversation: chat.newConversation(), leave: () => {}, newest }
    },
    [url, inboxKey] as const,
  )
  const devtools = await page.context().newCDPSession(page)
  return {
    begin: () =>
      page.evaluate(async () => {
        window.soak.leave()
        const conversation = (window.soak.conversation = window.soak.chat.newConversation())
        window.soak.leave = conversation.open()
        await conversation.messages.send({ body: 'Hello?' }).sent
        return conversation.id!
      }),
    send: (bodies) =>
      page.evaluate(async (all) => {
        await Promise.all(all.map((body) => window.soak.conversation.messages.send({ body }).sent))
      }, bodies),
    async seen(seq) {
      const isSeen = (seq: number) =>
        window.soak.chat.connection.getSnapshot().phase === 'live' && window.soak.newest() >= seq
      await (await page.waitForFunction(isSeen, seq, { polling: 20, timeout: 0 })).dispose()
    },
    newest: () => page.evaluate(() => window.soak.newest()),
    async heldBytes() {
      await devtools.send('HeapProfiler.collectGarbage')
      return (await devtools.send('Runtime.getHeapUsage')).usedSize
    },
    async close() {
      await browser.close()
      await site.close()
    },
  }
}
