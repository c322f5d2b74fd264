import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import type { AppEnv } from '../http/app-env.js'
import { packageRoot } from '../package-root.js'
import { findPublicInbox } from '../sessions/queries.js'
import { findShownInboxKey } from '../workspace/first-start.js'
import { docsPage, docsScript } from './docs.js'
import { strictPolicy } from './content-policy.js'
import { builtFile, builtFiles } from './static-files.js'

const DOCS_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']
const SHOP_FILES = ['shop.css', 'shop-icon.svg']
const html = (c: Context, body: string) => c.html(body, 200, { 'cache-control': 'no-cache' })

/** The demo page with this server's address and an inbox of it: the one asked for, else the demo's. */
async function demoPage(c: Context<AppEnv>) {
  const page = await readFile(join(packageRoot, 'examples/shop/index.html'), 'utf8')
  const asked = await findPublicInbox(c.var.db, c.req.query('inbox') ?? '')
  const inboxKey = asked?.key ?? (await findShownInboxKey(c.var.db)) ?? ''
  return html(
    c,
    page.replaceAll('{{ORIGIN}}', c.var.ownOrigin()).replaceAll('{{INBOX_KEY}}', encodeURIComponent(inboxKey)),
  )
}

/** Our own pages: console, reference and the demo shop. */
export function pageRoutes(options: { realtimeOrigin?: string }): Hono<AppEnv> {
  const policy = strictPolicy(options)
  const swaggerFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const routes = new Hono<AppEnv>()
    .use('/console/*', policy)
    .get('/console/*', compress())
    .get('/console', builtFile('dist/console/index.html'))
    .get('/console/*', builtFiles('/dist'))
    .use('/docs/*', strictPolicy({ inlineStyles: true }))
    .get('/docs/*', compress())
    .get('/docs', (c) => html(c, docsPage))
    .get('/docs/start.js', (c) => c.body(docsScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  for (const file of DOCS_FILES) routes.get(`/docs/${file}`, serveStatic({ root: swaggerFolder, path: file }))
  for (const file of SHOP_FILES) routes.get(`/${file}`, policy, compress(), builtFile(`examples/shop/${file}`))
  return routes.get('/', policy, compress(), demoPage).get('/index.html', (c) => c.redirect('/'))
}
