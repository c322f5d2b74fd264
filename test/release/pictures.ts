// Makes the README's picture from the real product: `npm run pictures`.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openBrowser, openWindow } from '../support/browser.js'
import { ADMIN, serverProcess } from '../support/server-process.js'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const SIZE = { width: 1120, height: 760 }

mkdirSync(docs, { recursive: true })
const [browser, server] = await Promise.all([openBrowser(), serverProcess()])
const { page: visitor } = await openWindow(browser, SIZE)
const { page: agent } = await openWindow(browser, SIZE)
const write = async (page: Page, label: string, text: string) => {
  await page.getByRole('textbox', { name: label }).fill(text)
  await page.keyboard.press('Enter')
  await Promise.all([visitor, agent].map((each) => each.getByText(text).last().waitFor()))
}

await agent.goto(`${server.url}/console`)
await agent.getByLabel('E-mail').fill(ADMIN.email)
await agent.getByLabel('Password').fill(ADMIN.password)
await agent.keyboard.press('Enter')
await visitor.goto(server.url)
await visitor.getByRole('button', { name: 'Open chat' }).click()
await visitor.getByRole('textbox').last().fill('Hello! Does the green throw come in a larger size?')
await visitor.keyboard.press('Enter')
await agent.getByText('Does the green throw').first().click()
await write(agent, 'Reply', 'Hi! It does: 150 × 200 cm, back in stock on Thursday.')
await write(visitor, 'Write a message…', 'Lovely. Can you keep one for me?')
await write(agent, 'Reply', 'Of course. I put one aside under your name.')
await Promise.all(['Seen', 'Online'].map((text) => visitor.getByText(text).waitFor()))

const shots = await Promise.all([visitor, agent].map(async (page) => (await page.screenshot()).toString('base64')))
const { page: frame } = await openWindow(browser, { width: 1840, height: 640 })
await frame.setContent(`<style>body{margin:0;display:flex;gap:24px;padding:24px;background:#e9ecf2;box-sizing:border-box;height:640px}
  img{width:884px;height:592px;object-fit:cover;border-radius:12px;box-shadow:0 8px 30px #1b25441f}</style>
  ${shots.map((shot) => `<img src="data:image/png;base64,${shot}">`).join('')}`)
await frame.screenshot({ path: `${docs}conversation.png` })
await browser.close()
await server.stop()
console.log('wrote docs/conversation.png')
