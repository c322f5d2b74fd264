import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Ours alone: in the machine's temporary folder another user's copy would be in the way. */
const UNPACKED = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url))

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ...['chromium', 'google-chrome', 'chrome'].flatMap((name) =>
    (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)),
  ),
]

/** Flags for a browser that talks to nobody but the page. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The browser of the tests: `CHROME_PATH`, else the one packed in a development dependency (Linux x64, unpacked once), else an installed Chrome. */
export async function chromiumPath(): Promise<string> {
  const asked = process.env['CHROME_PATH']
  if (asked) return asked
  if (process.platform === 'linux' && process.arch === 'x64') {
    // the package unpacks its own NSS libraries only where it believes to be in such a runtime
    process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs20.x'
    mkdirSync(UNPACKED, { recursive: true })
    const before = tmpdir()
    process.env['TMPDIR'] = UNPACKED
    const { default: packed } = await import('@sparticuz/chromium')
    const path = await packed.executablePath()
    process.env['TMPDIR'] = before
    process.env['FONTCONFIG_FILE'] = fontsFile()
    return path
  }
  const found = INSTALLED.find((path) => existsSync(path))
  if (!found) throw new Error('unable to find a Chromium; set CHROME_PATH to one')
  return found
}

/** The package's own list of fonts looks into the machine's temporary folder; without any font a page that is typed into crashes. */
function fontsFile(): string {
  const file = join(UNPACKED, 'fonts.conf')
  const folders = [join(UNPACKED, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('')
  // whole at once: another process may be starting its browser with it
  const unfinished = `${file}.${process.pid}`
  writeFileSync(
    unfinished,
    `<?xml version="1.0"?><fontconfig>${folders}<cachedir>${join(UNPACKED, 'fonts-cache')}</cachedir></fontconfig>`,
  )
  renameSync(unfinished, file)
  return file
}
