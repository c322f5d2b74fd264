import type { Browser } from 'playwright-core'
import { latencyOf, median } from './percentiles.js'
import type * as Stage from './widget-stage.js'
import { slowWindow } from './widget-window.js'

/** A phone's panel, or that of a small window. */
const PANEL = { width: 400, height: 600 }
const SIZES = [1_000, 10_000] as const

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
