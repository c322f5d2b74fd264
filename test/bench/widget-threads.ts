import { fileURLToPath } from 'node:url'
import { startDevServer } from '@web/dev-server'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import type { Browser } from 'playwright-core'
import { latencyOf, median } from './percentiles.js'
import type * as Stage from './widget-stage.js'
import { slowWindow } from './widget-window.js'

const rootDir = fileURLToPath(new URL('../..', import.meta.url))
/** A phone's panel, or that of a small window. */
const PANEL = { width: 400, height: 600 }
const SIZES = [1_000, 10_000] as const

/** Serves the widget's modules as they are written, with what plays the SDK. */
export async function stageServer(): Promise<{ url: string; close(): Promise<void> }> {
  const server = await startDevServer({
    readCliArgs: false,
    readFileConfig: false,
    logStartMessage: false,
    config: {
      rootDir,
      port: 0,
      nodeResolve: { exportConditions: ['production', 'browser'] },
      plugins: [esbuildPlugin({ ts: true, tsconfig: `${rootDir}/tsconfig.json`, target: 'es2022' })],
    },
  })
  const { port } = server.server!.address() as { port: number }
  return { url: `http://localhost:${port}/test/widget/host.html`, close: async () => void (await server.stop()) }
}

/** Somebody opens a long conversation, more is said in it, and they scroll up; on a processor as it is. */
export async function visitThreads(browser: Browser, url: string): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  for (const size of SIZES) {
    const { page, heapMb, close } = await slowWindow(browser, 1, PANEL)
    await page.goto(url)
    const stage = await page.evaluateHandle(
      async (from) => (await import(from)) as typeof Stage,
      '/test/bench/widget-stage.ts',
    )
    await stage.evaluate((own, count) => own.prepare(count), size)
    const before = await heapMb()
    figures[`open${size}Ms`] = await stage.evaluate((own) => own.open())
    figures[`nodes${size}`] = await stage.evaluate((own) => own.countNodes())
    figures[`heap${size}Mb`] = (await heapMb()) - before
    figures[`append${size}Ms`] = median(await stage.evaluate((own) => own.append()))
    figures[`frame${size}Ms`] = latencyOf(await stage.evaluate((own) => own.scroll())).p95
    if (size === SIZES[0]) figures['plainFrameMs'] = latencyOf(await stage.evaluate((own) => own.scrollPlain())).p95
    await close()
  }
  return figures
}
