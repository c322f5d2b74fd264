// Pictures of every state of the widget, light and dark, desktop and phone, left-to-right and right-to-left, into
// `.screens/`, which is not committed: `npm run screens -- [part of a state's name]`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../support/browser.js'
import { sourceServer } from '../support/source-server.js'
import type * as States from '../widget/states.js'

const folder = fileURLToPath(new URL('../../.screens/', import.meta.url))
const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const wanted = process.argv[2] ?? ''
const SIZES = { desktop: { width: 520, height: 800 }, phone: { width: 390, height: 760 } }
const WAYS = { ltr: 'en', rtl: 'ar' }

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
const server = await sourceServer()
const browser = await openBrowser()
let count = 0
for (const [size, viewport] of Object.entries(SIZES))
  for (const [way, locale] of Object.entries(WAYS))
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        hasTouch: size === 'phone',
        locale,
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      await page.goto(server.url)
      await page.evaluate((dir) => (document.documentElement.dir = dir), way)
      const module = '/test/widget/states.ts'
      const names = await page.evaluate(
        async (from) => Object.keys(((await import(from)) as typeof States).states),
        module,
      )
      for (const name of names.filter((one) => one.includes(wanted))) {
        await page.evaluate(
          async ([from, state, tag]) => {
            const { clearStage, states } = (await import(from!)) as typeof States
            clearStage()
            await states[state!]!(tag)
          },
          [module, name, locale],
        )
        await page.screenshot({ path: `${folder}${name.replace(/[^\w]+/g, '-')}.${size}.${way}.${colorScheme}.png` })
        count++
      }
      await context.close()
    }
if (!wanted) await composePicture()
await browser.close()
await server.close()
console.log(`wrote ${count} pictures to .screens/`)

/** The README's picture, of some of them. */
async function composePicture(): Promise<void> {
  const shown = [
    'conversation.desktop.ltr.light',
    'home.desktop.ltr.dark',
    'resolved.phone.rtl.light',
    'asked-before-the-first-message.phone.ltr.light',
    'rated.phone.ltr.dark',
  ]
  const page = await browser.newPage({ viewport: { width: 1840, height: 640 } })
  const images = shown.map((name) => readFileSync(`${folder}${name}.png`).toString('base64'))
  await page.setContent(`<style>body{margin:0;display:flex;gap:20px;justify-content:center;padding:24px;background:#e9ecf2;box-sizing:border-box;height:640px}
    img{height:592px;border-radius:12px;box-shadow:0 8px 30px #1b25441f}</style>
    ${images.map((image) => `<img src="data:image/png;base64,${image}">`).join('')}`)
  await page.screenshot({ path: `${docs}widget.png` })
  console.log('wrote docs/widget.png')
}
