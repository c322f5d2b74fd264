import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../http/app-env.js'
import { shownInbox } from '../inboxes/shown-inbox.js'
import { findPublicInbox } from '../sessions/queries.js'
import { etagOf, loaderFor, unknownInboxScript } from './loader.js'
import { builtFiles } from './static-files.js'

/** Any site may load these; they hold nothing private. */
const forAnySite = createMiddleware(async (c, next) => {
  await next()
  c.header('access-control-allow-origin', '*')
  c.header('cross-origin-resource-policy', 'cross-origin')
})

/** The script tag, which changes with the inbox, and its chunks, which never change. */
export const widgetRoutes = new Hono<AppEnv>()
  .get('/widget.js', forAnySite, compress(), async (c) => {
    const inbox = await findPublicInbox(c.var.db, c.req.query('inbox') ?? '')
    const shown = inbox && (await shownInbox(inbox, c.req.query('locale'), c.req.header('accept-language')))
    const script = shown ? await loaderFor(shown) : unknownInboxScript
    const etag = etagOf(script)
    c.header('etag', etag)
    c.header('cache-control', 'no-cache')
    c.header('vary', 'accept-language', { append: true })
    const known = c.req
      .header('if-none-match')
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''))
    if (known?.includes(etag)) return c.body(null, 304)
    return c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' })
  })
  .get('/widget/*', forAnySite, compress(), builtFiles('/dist'))
