import { loopbackSite } from '../support/loopback-site.js'

// Runs before anything else on both pages, so that what it costs is in both.
const WATCH = `
  globalThis.seen = { tasksMs: [], shift: 0, launcherMs: 0, usableMs: 0 }
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => seen.tasksMs.push(entry.duration)))
    .observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (seen.shift += entry.value)))
    .observe({ type: 'layout-shift', buffered: true })
  // resolves once the frame in which \`read\` first gave something has been drawn
  globalThis.drawn = (read) => new Promise((resolve) => {
    const look = () => {
      if (!read()) return requestAnimationFrame(look)
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(0)
    }
    requestAnimationFrame(look)
  })
  globalThis.inChat = (selector) => document.querySelector('parley-chat')?.shadowRoot.querySelector(selector)
  performance.mark('tag')
  drawn(() => inChat('section > button')?.checkVisibility()).then((at) => {
    seen.launcherMs = at - performance.getEntriesByName('tag')[0].startTime
  })`

const TEXT = '<p>A throw of undyed wool, woven slowly on an old loom, for evenings that get cold.</p>'.repeat(30)

export interface Site {
  /** The same page with the tag and without it. */
  chatUrl: string
  blankUrl: string
  close(): Promise<void>
}

/** A plain site of another origin than the server's, as its owner would put the tag into it. */
export async function widgetSite(serverUrl: string, inboxKey: string): Promise<Site> {
  const tag = `<script src="${serverUrl}/widget.js?inbox=${inboxKey}" async></script>`
  const { origin, close } = await loopbackSite((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><head><title>A site</title><link rel="icon" href="data:,">
      <meta name="viewport" content="width=device-width"><script>${WATCH}</script>
      ${request.url === '/chat' ? tag : ''}</head><body><h1>A site</h1>${TEXT}</body></html>`)
  })
  return { chatUrl: `${origin}/chat`, blankUrl: `${origin}/blank`, close }
}
