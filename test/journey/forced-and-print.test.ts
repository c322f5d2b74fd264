import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openWindow } from '../support/browser.js'
import { type ServerProcess, serverProcess } from '../support/server-process.js'

let browser: Browser
let server: ServerProcess
let page: Page

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), serverProcess()])
  page = (await openWindow(browser)).page
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** How much of a picture is nearly black and how much nearly white, in percent. */
async function inked(png: Buffer): Promise<{ black: number; white: number }> {
  const blank = await browser.newPage()
  const counted = await blank.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    const counts = { black: 0, white: 0 }
    for (let at = 0; at < data.length; at += 4) {
      const light = Math.max(data[at]!, data[at + 1]!, data[at + 2]!)
      if (light < 60) counts.black++
      else if (Math.min(data[at]!, data[at + 1]!, data[at + 2]!) > 195) counts.white++
    }
    const percent = 400 / data.length
    return { black: counts.black * percent, white: counts.white * percent }
  }, png.toString('base64'))
  await blank.close()
  return counted
}

test('where colours are forced, icons are drawn in them and every button has an edge', async () => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' })
  await page.goto(server.url)
  const launcher = page.getByRole('button', { name: 'Open chat' })
  const icon = await inked(await launcher.locator('i').screenshot())
  expect(icon.black).toBeGreaterThan(25)
  expect(icon.white).toBeGreaterThan(15)
  const outlines = () =>
    page.getByRole('dialog').evaluate((panel) => {
      const all = (root: ParentNode): HTMLElement[] =>
        [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [
          one,
          ...(one.shadowRoot ? all(one.shadowRoot) : []),
        ])
      return all(panel)
        .filter((one) => one.matches('button, textarea') && one.checkVisibility())
        .filter((one) => {
          const { outlineStyle, borderTopWidth, borderTopStyle } = getComputedStyle(one)
          return outlineStyle === 'none' && (borderTopStyle === 'none' || borderTopWidth === '0px')
        })
        .map((one) => one.outerHTML)
    })
  await launcher.click()
  await expect.poll(() => page.getByRole('textbox', { name: 'Write a message…' }).isVisible()).toBe(true)
  expect(await outlines()).toEqual([])
  const shut = await inked(await page.locator('parley-chat section > button i').screenshot())
  expect([shut.black > 2, shut.white > 50]).toEqual([true, true])
})

test('nothing of the chat is printed, open or closed', async () => {
  await page.emulateMedia({ forcedColors: 'none', media: 'print' })
  const section = page.locator('parley-chat section')
  expect(await section.isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  expect(await section.locator('> button').isVisible()).toBe(true)
})
