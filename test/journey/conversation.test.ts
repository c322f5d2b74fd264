import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openWindow } from '../support/browser.js'
import { engines, testPostgres } from '../support/database.js'
import { hostPage } from '../support/host-page.js'
import type { Site } from '../support/loopback-site.js'
import { ADMIN, type ServerProcess, serverProcess } from '../support/server-process.js'

const said = (page: Page) => page.getByRole('log').getByRole('article')
const texts = (page: Page) => page.locator('.bubble').allInnerTexts()
const write = async (page: Page, label: string, text: string) => {
  await page.getByRole('textbox', { name: label }).fill(text)
  await page.keyboard.press('Enter')
}
const MESSAGE = 'Write a message…'

const TWO = 'two processes on one postgres'
const places = [...engines, ...(engines.includes('postgres') ? [TWO] : [])]

describe.each(places)('a visitor and an agent, on %s', (place) => {
  let browser: Browser
  let server: ServerProcess
  /** The agent's: the visitor's own, or another on the same database. */
  let desk: ServerProcess
  let site: Site
  let dropDatabase = async () => {}
  let visitor: Page
  let agent: Page
  const complaints: string[][] = []

  beforeAll(async () => {
    const env: Record<string, string> = {}
    if (place !== 'pglite') {
      const { url, drop } = await testPostgres({ empty: true })
      Object.assign(env, { DATABASE_URL: url, PARLEY_SECRET: crypto.randomUUID() })
      dropDatabase = drop
    }
    ;[browser, server] = await Promise.all([openBrowser(), serverProcess(env)])
    desk = place === TWO ? await serverProcess(env) : server
    site = await hostPage(server.url)
    for (const size of [{ width: 390, height: 844 }, undefined]) {
      const window = await openWindow(browser, size)
      complaints.push(window.complaints)
      if (size) visitor = window.page
      else agent = window.page
    }
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
    await server?.stop()
    if (desk !== server) await desk?.stop()
    await dropDatabase()
  })

  test('an administrator signs in, makes an inbox for one site, and gets its tag', async () => {
    await agent.goto(`${desk.url}/console`)
    await agent.getByLabel('E-mail').fill(ADMIN.email)
    await agent.getByLabel('Password').fill(ADMIN.password)
    await agent.keyboard.press('Enter')
    await agent.getByRole('link', { name: 'Inboxes' }).click()
    await agent.getByRole('link', { name: 'New inbox' }).click()
    await agent.getByLabel('Name').fill('Strong opinions')
    await agent.getByLabel('Title').fill('Ask us')
    await agent.getByLabel('Colour', { exact: true }).fill('#0b7285')
    await agent.getByLabel('Allowed sites').fill(site.origin)
    await agent.getByRole('button', { name: 'Create inbox' }).click()

    const tag = await agent.locator('code').innerText()
    expect(tag).toMatch(/^<script src="http:\/\/localhost:\d+\/widget\.js\?inbox=[\w-]+" async><\/script>$/)
    const key = /inbox=([\w-]+)/.exec(tag)![1]!
    await visitor.goto(`${site.origin}/${key}`)
    await agent.getByRole('link', { name: 'Open', exact: false }).first().click()
  })

  test('what the visitor writes on a site of another origin reaches the agent without a reload, and the answer comes back', async () => {
    const availability = visitor.waitForResponse(/availability/)
    await visitor.getByRole('button', { name: 'Open chat' }).click()
    await visitor.getByRole('heading', { name: 'Ask us' }).waitFor()
    // who looks at the list is there, with no conversation open
    expect(await (await availability).json()).toMatchObject({ state: 'online' })
    await write(visitor, MESSAGE, 'Is the blue one in stock?')
    await agent.getByText('Is the blue one in stock?').first().click()
    await write(agent, 'Reply', 'It is. Shall I keep one for you?')

    await visitor.getByText('It is. Shall I keep one for you?').first().waitFor()
    await visitor.getByText(/is answering/).waitFor()
    await visitor.getByText('Seen').waitFor()
  })

  test('both reload and see the same thread', async () => {
    await Promise.all([visitor.reload(), agent.reload()])
    await visitor.getByRole('button', { name: /Open chat/ }).click()
    await expect.poll(() => said(visitor).count()).toBe(2)
    await expect.poll(() => texts(agent)).toEqual(['Is the blue one in stock?', 'It is. Shall I keep one for you?'])
  })

  test('the server is killed between two messages; the thread is whole and goes on', async () => {
    await write(visitor, MESSAGE, 'Yes, please.')
    await agent.getByText('Yes, please.').last().waitFor()
    await server.kill()
    await write(visitor, MESSAGE, 'In size M.')
    await visitor.getByText('Reconnecting… what you write is kept and will be sent').waitFor()
    await server.start()

    await expect.poll(() => texts(agent), { timeout: 30_000 }).toContain('In size M.')
    await write(agent, 'Reply', 'Done, it is yours.')
    await visitor.getByText('Done, it is yours.').first().waitFor()
    const whole = [
      'Is the blue one in stock?',
      'It is. Shall I keep one for you?',
      'Yes, please.',
      'In size M.',
      'Done, it is yours.',
    ]
    await expect.poll(() => texts(agent)).toEqual(whole)
    expect((await texts(visitor)).slice(-whole.length)).toEqual(whole)
  })

  test('the agent resolves it, and the next message of the visitor opens it again', async () => {
    await agent.getByRole('button', { name: 'Resolve' }).click()
    await visitor.getByText('Resolved').first().waitFor()
    await write(visitor, MESSAGE, 'One more thing.')
    await agent.getByRole('button', { name: 'Resolve' }).waitFor()
    await visitor.getByText('Reopened').first().waitFor()
  })

  test('the visitor gets about by keyboard alone', async () => {
    await visitor.keyboard.press('Escape')
    await expect.poll(() => visitor.getByRole('textbox', { name: MESSAGE }).isVisible()).toBe(false)
    await visitor.keyboard.press('Enter')
    await visitor.keyboard.type('By keyboard.')
    await visitor.keyboard.press('Enter')
    await agent.getByText('By keyboard.').last().waitFor()
  })

  test('signing out in one tab of the console signs out the other, and nothing typed there is left', async () => {
    await agent.getByRole('textbox', { name: 'Reply' }).fill('half a thou')
    await expect.poll(() => agent.evaluate(() => sessionStorage.length)).toBe(1)
    const other = await agent.context().newPage()
    await other.goto(`${desk.url}/console`)
    await other.getByRole('button', { name: 'Sign out' }).click()
    await agent.getByText('You signed out in another tab.').waitFor()
    expect(await agent.evaluate(() => sessionStorage.length)).toBe(0)
  })

  test('neither page violated a policy or threw', () => {
    expect(complaints.flat()).toEqual([])
  })
})
