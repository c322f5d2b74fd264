import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../../backend/package-root.js'
import { loaderFor } from '../../../backend/pages/loader.js'
import { defaultInboxSettings } from '../../../sdk/protocol/index.js'
import { makeWorld, type World } from '../../support/world.js'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())
const get = (path: string, headers: Record<string, string> = {}) => fetch(world.url + path, { headers })

describe('/widget.js', () => {
  test('carries the inbox, for any site, asked for again each time', async () => {
    const inbox = await world.inbox()
    const answer = await get(`/widget.js?inbox=${inbox.key}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const script = await answer.text()
    expect(script).toContain(`"key":"${inbox.key}"`)
    expect(script).not.toContain('__PARLEY_INBOX__')
  })

  test('is not sent again while it is the same, and is once the settings change', async () => {
    const inbox = await world.inbox()
    const path = `/widget.js?inbox=${inbox.key}`
    const etag = (await get(path)).headers.get('etag')!
    const same = await get(path, { 'if-none-match': etag })
    expect([same.status, await same.text()]).toEqual([304, ''])
    expect(same.headers.get('access-control-allow-origin')).toBe('*')
    await world.db.query(`update inboxes set settings = '{"color": "#ff0000"}' where id = $1`, [inbox.id])
    const changed = await get(path, { 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(await changed.text()).toContain('#ff0000')
  })

  test('says of the launcher what the site words itself, in every language, and the rest in that of the reader', async () => {
    const inbox = await world.inbox()
    const texts = { 'launcher.message': 'Ask away…', 'launcher.other': 'x', unread: '{0} new', open: 'y' }
    await world.db.query(`update inboxes set settings = $2 where id = $1`, [inbox.id, { texts }])
    const german = {
      open: 'Chat öffnen',
      unread: 'ungelesene Nachrichten',
      close: 'Chat schließen',
      message: 'Ask away…',
    }
    const settings = await get(`/v1/inboxes/${inbox.key}/settings?locale=de`)
    expect(await settings.json()).toMatchObject({ locale: 'de', texts: german, settings: { texts } })
    const script = await (await get(`/widget.js?inbox=${inbox.key}&locale=de`)).text()
    expect(script).toContain(`"texts":${JSON.stringify(german)}`)
  })

  test('tells of nothing secret', async () => {
    const inbox = await world.inbox({ allowedOrigins: ['https://shop.example'] })
    expect(await (await get(`/widget.js?inbox=${inbox.key}`)).text()).not.toMatch(/shop\.example|"secret"|workspace/i)
  })

  test('for an unknown key is one line for the developer, and runs no widget', async () => {
    for (const path of ['/widget.js?inbox=nobodys', '/widget.js']) {
      const answer = await get(path)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toMatch(/^console\.error\("[^"]+"\)$/)
    }
  })

  test('stays one script whatever stands in the settings', async () => {
    const title = '</script><!--\u2028"\\ $& $1'
    const settings = { ...defaultInboxSettings, title }
    const script = await loaderFor({ key: 'k', settings })
    expect(script).not.toMatch(/<\/script>|<!--|\u2028/)
    expect(script).toContain(JSON.stringify(title).slice(0, -1).replaceAll('<', '\\u003c').replace('\u2028', '\\u2028'))
  })
})

test('chunks of the widget may be kept for ever, by any site', async () => {
  const chunk = readdirSync(join(packageRoot, 'dist/widget')).find((name) => /^panel-.*\.js$/.test(name))!
  const answer = await get(`/widget/${chunk}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/)
  expect(answer.headers.get('cache-control')).toContain('immutable')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
})

test('our pages run their own files only and cannot be framed', async () => {
  for (const path of ['/', '/console', '/console/', '/docs']) {
    const answer = await get(path)
    const policy = answer.headers.get('content-security-policy')!
    expect([path, answer.status]).toEqual([path, 200])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain(`connect-src 'self' ${world.url.replace('http', 'ws')}`)
    expect(await answer.text()).not.toMatch(/<script>|<script [^>]*>[^<]|\son\w+=/)
  }
})

test('the demo page shows the inbox asked for, else one there is', async () => {
  await world.inbox()
  const asked = await world.inbox()
  const page = async (path: string) => (await get(path)).text()
  expect(await page('/')).toMatch(/\/widget\.js\?inbox=key-/)
  expect(await page('/')).not.toContain('{{')
  expect(await page(`/?inbox=${asked.key}`)).toContain(`/widget.js?inbox=${asked.key}`)
  expect(await page('/?inbox="><script>')).not.toContain('"><script>')
})

test('what the pages name is there', async () => {
  for (const path of ['/', '/console', '/docs']) {
    const page = await (await get(path)).text()
    const named = [...page.matchAll(/(?:src|href)="(\/?(?!https?:|data:|#)[^"]+)"/g)].map(([, name]) => name!)
    for (const name of named) {
      const answer = await fetch(new URL(name.replaceAll('&amp;', '&'), world.url + path))
      expect([name, answer.status]).toEqual([name, 200])
      await answer.body?.cancel()
    }
  }
})

test('nothing but what is meant to be served is served', async () => {
  for (const path of [
    '/package.json',
    '/widget/%2e%2e/package.json',
    '/console/..%2f..%2fpackage.json',
    '/dist/widget/widget.js',
    '/docs/index.html',
    '/.parley/secret',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404])
})
