import { startTestRunner } from '@web/test-runner'
import { chromeLauncher } from '@web/test-runner-chrome'
import { reactForBrowsers } from '../support/react-for-browsers.js'
import { defaultInboxSettings } from '../../sdk/index.js'
import { launcherTexts } from '../../widget/locale/en.js'
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.js'
import { asWritten } from '../support/source-server.js'

const inbox = (key: string) => ({
  id: 'i1',
  key,
  name: 'Shop',
  settings: {
    ...defaultInboxSettings,
    title: `Shop ${key}`,
    greeting: 'Hello!',
    color: '#ffd43b',
    position: 'left',
    ...(key.endsWith('label') && { launcherLabel: 'Ask us', theme: 'dark', offsetX: 50 }),
  },
  locale: 'en',
  texts: launcherTexts,
})

const STRICT =
  "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html dompurify"
const attacked = '<!doctype html><title>x</title><script type="module" src="/test/widget/xss-page.ts"></script>'

/** Stands in for the server: settings of known inboxes, and the one script that is served with its inbox in it. */
const server = {
  name: 'server',
  serve({ path }: { path: string }) {
    const key = /^\/v1\/inboxes\/([^/]+)\/settings$/.exec(path)?.[1]
    if (key?.startsWith('known')) return { body: JSON.stringify(inbox(key)), type: 'json' }
    const badge = /^\/v1\/badges\/(.+)$/.exec(path)?.[1]
    if (badge === 'live') return { body: '{"unread":2,"isLive":true}', type: 'json' }
    if (badge === 'quiet') return { body: '{"unread":3,"isLive":false}', type: 'json' }
    if (path === '/xss/open') return { body: attacked, type: 'html' }
    if (path === '/xss/strict') return { body: attacked, type: 'html', headers: { 'content-security-policy': STRICT } }
  },
  transform({ path, query, body }: { path: string; query: { inbox?: string }; body: unknown }) {
    if (path !== '/widget/loader.ts' || !query.inbox?.startsWith('served')) return
    return String(body).replace(/(["'])__PARLEY_INBOX__\1/, JSON.stringify(inbox(query.inbox)))
  },
  // what is served depends on the query, so nothing of it may be kept by path
  transformCacheKey: ({ url }: { url: string }) => url,
}

await startTestRunner({
  readCliArgs: false,
  readFileConfig: false,
  config: {
    ...asWritten,
    files: process.argv.length > 2 ? process.argv.slice(2) : ['test/widget/**/*.test.ts'],
    concurrency: 1,
    browsers: [
      chromeLauncher({
        launchOptions: { executablePath: await chromiumPath(), args: [...CHROMIUM_FLAGS, '--js-flags=--expose-gc'] },
      }),
    ],
    middleware: [
      // what the emoji picker says in Dutch is not to be had
      ({ url }, next) => (url === '/widget/locale/nl-emoji.js' ? undefined : next()),
      ...asWritten.middleware,
    ],
    plugins: [server, reactForBrowsers(), ...asWritten.plugins],
    testFramework: { config: { ui: 'tdd', timeout: 5_000 } },
    // a widget that says nothing in the page's console is part of what is tested
    filterBrowserLogs: () => false,
  },
})
