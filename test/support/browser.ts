import { type Browser, chromium, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.js'

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: CHROMIUM_FLAGS })
}

/** A window of somebody of their own (no shared storage) that notes what goes wrong in it. */
export async function openWindow(
  browser: Browser,
  size: { width: number; height: number } = { width: 1280, height: 800 },
  locale = 'en-US',
): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext({ viewport: size, locale })).newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/content security policy|trusted/i.test(message.text())) complaints.push(message.text())
  })
  return { page, complaints }
}
