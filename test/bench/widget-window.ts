import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'

/** One file or call that a page asked for; `bytes` as they went over the wire, without headers. */
export interface Asked {
  url: string
  kind: string
  bytes: number
}

export interface Window {
  page: Page
  asked: Map<string, Asked>
  /** Held after two collections. */
  heapMb(): Promise<number>
  /** Holds back what is asked of these addresses from now on; the returned function lets it go on. */
  holdBack(urlPattern: string): Promise<() => Promise<void>>
  /** Resolves once nothing was asked for during a second. */
  quiet(): Promise<void>
  /** Resolves once `isSo` holds in the page. Unlike the browser driver's own ways of waiting, it leaves nothing there that counts as heap. */
  until(isSo: () => unknown): Promise<void>
  close(): Promise<void>
}

const QUIET_MS = 1_000
const LOOK_MS = 50
const PATIENCE_MS = 30_000

/** A window of somebody who was never here, on a processor so many times slower. */
export async function slowWindow(
  browser: Browser,
  slowdown: number,
  viewport = { width: 1280, height: 800 },
): Promise<Window> {
  const context = await browser.newContext({ viewport, locale: 'en-US' })
  const page = await context.newPage()
  // the runner of these scripts wraps named functions, also those that are handed to the page
  await page.addInitScript('globalThis.__name = (named) => named')
  const devtools = await context.newCDPSession(page)
  const asked = new Map<string, Asked>()
  let lastMs = Date.now()
  await devtools.send('Network.enable')
  devtools.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    lastMs = Date.now()
    asked.set(requestId, { url: request.url, kind: type ?? 'Other', bytes: 0 })
  })
  devtools.on('Network.webSocketCreated', ({ requestId, url }) => {
    asked.set(requestId, { url, kind: 'WebSocket', bytes: 0 })
  })
  // what each piece of a body took is told late or not at all; heads and whole are not
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    const one = asked.get(requestId)
    if (one) one.bytes = -response.encodedDataLength
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    lastMs = Date.now()
    const one = asked.get(requestId)
    if (one) one.bytes += encodedDataLength
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return {
    page,
    asked,
    heapMb: async () => {
      for (let pass = 0; pass < 2; pass++) await devtools.send('HeapProfiler.collectGarbage')
      return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6
    },
    holdBack: (urlPattern) => holdBack(devtools, urlPattern),
    quiet: async () => {
      lastMs = Date.now()
      while (Date.now() - lastMs < QUIET_MS) await sleep(LOOK_MS)
    },
    until: async (isSo) => {
      for (const end = Date.now() + PATIENCE_MS; !(await page.evaluate(isSo)); await sleep(LOOK_MS))
        if (Date.now() > end) throw new Error(`waited in vain for ${String(isSo)}`)
    },
    close: () => context.close(),
  }
}

async function holdBack(devtools: CDPSession, urlPattern: string): Promise<() => Promise<void>> {
  const held: string[] = []
  const hold = ({ requestId }: { requestId: string }) => void held.push(requestId)
  devtools.on('Fetch.requestPaused', hold)
  await devtools.send('Fetch.enable', { patterns: [{ urlPattern }] })
  return async () => {
    devtools.off('Fetch.requestPaused', hold)
    for (const requestId of held) await devtools.send('Fetch.continueRequest', { requestId })
    await devtools.send('Fetch.disable')
  }
}
