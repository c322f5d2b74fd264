import type { Browser, FrameLocator, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openWindow } from '../support/browser.js'
import { hostPage } from '../support/host-page.js'
import type { Site } from '../support/loopback-site.js'
import { ADMIN, type ServerProcess, serverProcess } from '../support/server-process.js'

let browser: Browser
let server: ServerProcess
let site: Site
let admin: Page
let preview: FrameLocator
const complaints: string[][] = []
const asked: string[] = []

/** The last element of the preview, as the page that holds it sees it. */
const shown = (selector: string) => preview.locator(`parley-chat ${selector}`)
const colorOf = (page: Page | FrameLocator) =>
  page
    .locator('parley-chat')
    .locator('button')
    .first()
    .evaluate((button) => getComputedStyle(button).backgroundColor)

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), serverProcess()])
  site = await hostPage(server.url)
  const window = await openWindow(browser)
  admin = window.page
  admin.setDefaultTimeout(10_000)
  complaints.push(window.complaints)
  admin.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
  await admin.goto(`${server.url}/console`)
  await admin.getByLabel('E-mail').fill(ADMIN.email)
  await admin.getByLabel('Password').fill(ADMIN.password)
  await admin.keyboard.press('Enter')
  await admin.getByRole('link', { name: 'Inboxes' }).click()
  await admin.locator('a.inbox').first().click()
  preview = admin.frameLocator('iframe')
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
  await server?.stop()
})

test('what an administrator changes is seen in the preview before it is saved', async () => {
  await shown('parley-composer').waitFor()
  await admin.getByLabel('Colour', { exact: true }).fill('#0b7285')
  await admin.getByLabel('Greeting').fill('Good morning from the fjord.')
  await admin.getByLabel('Words on the launcher').fill('Ask Ada')
  await admin.getByText('Not saved yet: Greeting, Colour, and Words on the launcher').waitFor()

  await preview.getByText('Good morning from the fjord.').waitFor()
  await expect.poll(() => colorOf(preview)).toBe('rgb(11, 114, 133)')
  const given = () =>
    admin.locator('iframe').evaluate((frame: HTMLIFrameElement) => {
      const known = frame.contentWindow!.customElements.get('parley-chat') as unknown as {
        inboxes: Map<string, { settings: { launcherLabel: string } }>
      }
      return known.inboxes.get('preview')?.settings.launcherLabel
    })
  expect(await given()).toBe('Ask Ada')
})

test('the preview takes no focus from the form, and makes no visitor', async () => {
  const hasFocus = (control: Locator) => control.evaluate((element) => element.matches(':focus'))
  expect(await hasFocus(admin.getByLabel('Words on the launcher'))).toBe(true)
  const phone = admin.getByRole('button', { name: 'Phone' })
  await phone.click()
  await expect.poll(() => shown('dialog').evaluate((dialog) => dialog.getBoundingClientRect().left)).toBe(0)
  await shown('parley-composer').waitFor()
  expect(await hasFocus(phone)).toBe(true)
  await admin.getByRole('button', { name: 'Computer' }).click()
  expect(asked.filter((request) => /visitor|settings/.test(request))).toEqual([])
  expect(await admin.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('preview')))).toEqual([])
})

test('a colour that is hard to see says so, and one press makes it one that is not', async () => {
  const before = await admin.getByLabel('Colour', { exact: true }).inputValue()
  await admin.getByLabel('Colour', { exact: true }).fill('#ffe066')
  await admin.getByText('Hard to see; 3 is asked for').waitFor()
  await admin.getByRole('button', { name: /the nearest that does better/ }).click()
  await expect.poll(() => admin.getByText('Hard to see').count()).toBe(0)
  await admin.getByLabel('Colour', { exact: true }).fill(before)
})

test('what the composer says otherwise is read in the preview, and no more once it is taken back', async () => {
  const composer = shown('parley-composer')
  await admin.getByRole('button', { name: 'Say something otherwise' }).click()
  await admin.getByLabel('Wording 1', { exact: true }).fill('launcher.message')
  await admin.getByLabel('Said as, 1').fill('Ask away…')
  await composer.getByPlaceholder('Ask away…').waitFor()
  await admin.getByRole('button', { name: 'Remove wording 1' }).click()
  await composer.getByPlaceholder('Write a message…').waitFor()
})

test('leaving before it is saved asks, and what was typed is still there', async () => {
  const address = admin.url()
  await admin.getByRole('link', { name: 'Open', exact: false }).first().click()
  await admin.getByRole('button', { name: 'Keep editing' }).click()
  expect(admin.url()).toBe(address)
  expect(await admin.getByLabel('Greeting').inputValue()).toBe('Good morning from the fjord.')
})

test('a save that is refused says why at its field', async () => {
  await admin.getByLabel('Allowed sites').fill('not an origin')
  await admin.getByRole('button', { name: 'Save' }).click()
  await admin.getByText('Line 1 is not an exact origin like https://shop.example.').waitFor()
  await expect.poll(() => admin.getByLabel('Allowed sites').evaluate((field) => field.matches(':focus'))).toBe(true)
  await admin.getByLabel('Allowed sites').fill('')
})

test('saving tells what changed, and a page with the tag shows it', async () => {
  await admin.getByRole('button', { name: 'Save' }).click()
  await admin.getByText('Saved: Greeting, Colour, and Words on the launcher').waitFor()
  const key = /inbox=([\w-]+)/.exec(await admin.locator('code').innerText())![1]!
  const { page, complaints: heard } = await openWindow(browser)
  complaints.push(heard)
  await page.goto(`${site.origin}/${key}`)
  await expect.poll(() => colorOf(page)).toBe('rgb(11, 114, 133)')
  expect(await (await fetch(`${server.url}/widget.js?inbox=${key}`)).text()).toContain('"launcherLabel":"Ask Ada"')
  await page.locator('parley-chat').getByRole('button').first().click()
  await page.getByText('Good morning from the fjord.').waitFor()
})

test('the secret of the inbox is fetched when it is asked for, and not before', async () => {
  const reads = () => asked.filter((request) => request.endsWith('/secret')).length
  expect(reads()).toBe(0)
  await admin.getByRole('button', { name: 'Show secret' }).click()
  await admin.getByText('Whoever has it can be any visitor.').waitFor()
  expect((await admin.locator('output').innerText()).length).toBeGreaterThan(20)
  expect(reads()).toBe(1)
})

test('the tag and the secret are copied by a press; where the browser refuses, they are selected', async () => {
  await admin.evaluate(() => {
    const given: string[] = []
    navigator.clipboard.writeText = (text) =>
      given.push(text) > 2 ? Promise.reject(new Error('refused')) : Promise.resolve()
    Object.assign(window, { given })
  })
  const [tag, secret] = [await admin.locator('code').innerText(), await admin.locator('output').innerText()]
  await admin.getByRole('button', { name: 'Copy tag' }).click()
  await admin.getByText('The tag is in your clipboard.').waitFor()
  await admin.getByRole('button', { name: 'Copy secret' }).click()
  const copied = admin.getByRole('button', { name: 'Copied' })
  await expect.poll(() => copied.count()).toBe(2)
  expect(await admin.evaluate(() => (window as unknown as { given: string[] }).given)).toEqual([tag, secret])

  await copied.last().click()
  await admin.getByText('It is selected: press Ctrl+C.').waitFor()
  expect(await admin.evaluate(() => String(getSelection()))).toBe(secret)
})

test('reset brings back what is saved, and then nothing holds one back', async () => {
  await admin.getByLabel('Title').fill('Something else')
  await admin.getByRole('button', { name: 'Reset' }).click()
  await expect.poll(() => admin.getByText('Not saved yet').count()).toBe(0)
  await admin.getByRole('link', { name: 'Open', exact: false }).first().click()
  await expect.poll(() => admin.url()).toContain('#/open')
})

test('neither page violated a policy or threw', () => {
  expect(complaints.flat()).toEqual([])
})
