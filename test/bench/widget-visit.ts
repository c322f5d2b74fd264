import type { Browser } from 'playwright-core'
import type { Site } from './widget-site.js'
import { type Asked, slowWindow, type Window } from './widget-window.js'

declare global {
  // what the page of widget-site.ts keeps
  var seen: { tasksMs: number[]; shift: number; launcherMs: number; usableMs: number }
  var drawn: (read: () => unknown) => Promise<number>
  var inChat: (selector: string) => HTMLElement | null | undefined
}

/** Beyond this a task keeps whoever clicks waiting. */
const LONG_MS = 50

const isCode = ({ kind }: Asked) => kind === 'Script' || kind === 'Stylesheet'

function codeOf(window: Window): Asked[] {
  const code = [...window.asked.values()].filter(isCode)
  const unknown = code.find(({ bytes }) => bytes <= 0)
  if (unknown) throw new Error(`unable to tell what ${unknown.url} took`)
  return code
}

const kilobytes = (asked: Asked[]) => asked.reduce((sum, { bytes }) => sum + bytes, 0) / 1e3

const lookAt = ({ page }: Window) =>
  page.evaluate(() => ({
    ...seen,
    nodes: document.querySelectorAll('*').length,
    frames: document.querySelectorAll('iframe').length,
    fonts: document.fonts.size,
    stored: localStorage.length + sessionStorage.length,
  }))

const blocking = (tasksMs: number[]) => tasksMs.reduce((sum, duration) => sum + duration - LONG_MS, 0)

/** What the page costs without the tag. */
async function visitBlank(browser: Browser, site: Site, slowdown: number) {
  const window = await slowWindow(browser, slowdown)
  await window.page.goto(site.blankUrl)
  // asked as often as of the other page: questions are held by the heap, too
  await window.until(() => seen.launcherMs === 0)
  await window.quiet()
  const blank = { ...(await lookAt(window)), heapMb: await window.heapMb() }
  await window.close()
  return blank
}

/** Somebody comes, sees the launcher, points at it, opens the panel, stays until it is live, and comes back. */
export async function visit(
  browser: Browser,
  site: Site,
  serverUrl: string,
  slowdown: number,
): Promise<Record<string, number>> {
  const blank = await visitBlank(browser, site, slowdown)
  const window = await slowWindow(browser, slowdown)
  const { page, asked } = window
  await page.goto(site.chatUrl)
  await window.until(() => seen.launcherMs > 0)
  await window.quiet()
  const closed = await lookAt(window)
  const origins = [new URL(site.chatUrl).origin, new URL(serverUrl).origin]
  const strangers = [...asked.values()].filter(({ url }) => /^http/.test(url) && !origins.includes(new URL(url).origin))
  const cookies = await page.context().cookies()
  const closedFigures = {
    closedRequests: asked.size - 1,
    closedKb: kilobytes(codeOf(window)),
    launcherMs: closed.launcherMs,
    closedLongTasks: Math.max(0, closed.tasksMs.length - blank.tasksMs.length),
    closedBlockingMs: Math.max(0, blocking(closed.tasksMs) - blocking(blank.tasksMs)),
    closedHeapMb: (await window.heapMb()) - blank.heapMb,
    shift: closed.shift,
    hostNodes: closed.nodes - blank.nodes,
    traces: cookies.length + strangers.length + closed.stored + closed.frames + closed.fonts,
  }

  const { x, y } = await page.evaluate(() => inChat('section > button')!.getBoundingClientRect().toJSON() as DOMRect)
  await page.mouse.move(x + 20, y + 20)
  await window.until(() => inChat('parley-panel:not([hidden])') && !inChat('dialog > div'))
  await window.quiet()
  // what is not there yet stays away: one can write and send without it, or this never ends
  const goOn = await window.holdBack(`${serverUrl}/widget/*`)
  await page.evaluate(() => {
    seen.tasksMs = []
    inChat('section > button')!.addEventListener('click', ({ timeStamp }) => {
      const isUsable = () => {
        const field = inChat('parley-panel')?.shadowRoot!.querySelector('parley-composer')?.shadowRoot!.activeElement
        return field instanceof HTMLTextAreaElement && field.checkVisibility() && !field.disabled
      }
      void drawn(isUsable).then((at) => (seen.usableMs = at - timeStamp))
    })
  })
  const before = codeOf(window)
  await page.mouse.down()
  await page.mouse.up()
  await window.until(() => seen.usableMs > 0)
  const opened = await lookAt(window)
  const openFigures = {
    openRequests: before.length,
    openKb: kilobytes(before),
    usableMs: opened.usableMs,
    openBlockingMs: blocking(opened.tasksMs),
    openHeapMb: (await window.heapMb()) - blank.heapMb,
  }
  await goOn()
  await window.until(() => inChat('parley-panel')!.shadowRoot!.querySelector('.way button'))
  await window.quiet()
  if (![...asked.values()].some(({ kind }) => kind === 'WebSocket')) throw new Error('the chat never went live')
  const liveFigures = {
    liveRequests: codeOf(window).length,
    liveKb: kilobytes(codeOf(window).filter(({ url }) => /\/(widget\.js|panel-|live-)/.test(url))),
    allKb: kilobytes(codeOf(window)),
    liveHeapMb: (await window.heapMb()) - blank.heapMb,
  }
  asked.clear()
  await page.goto(site.chatUrl)
  await window.until(() => seen.launcherMs > 0)
  await window.quiet()
  const returningRequests = asked.size - 1
  await window.close()
  return { ...closedFigures, ...openFigures, ...liveFigures, returningRequests }
}
