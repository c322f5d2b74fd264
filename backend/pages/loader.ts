import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultInboxSettings, type ShownInbox } from '../../sdk/protocol/index.js'
import { packageRoot } from '../package-root.js'

const PLACE = /(["'`])__PARLEY_INBOX__\1/

/** JSON that stays one expression in any script, also in one that stands in HTML. */
const asScript = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** The built script tag with what it shows of an inbox in it. @throws {Error} while there is no build */
export async function loaderFor(shown: ShownInbox): Promise<string> {
  const built = await readFile(join(packageRoot, 'dist/widget/widget.js'), 'utf8')
  if (!PLACE.test(built)) throw new Error('the built widget.js has no place for the inbox')
  return built.replace(PLACE, () => asScript({ ...shown, settings: withoutDefaults(shown.settings) }))
}

/** Each byte of it is in every page of a site. */
const withoutDefaults = ({ title, greeting, color, ...rest }: ShownInbox['settings']) => {
  const known: Record<string, unknown> = { ...defaultInboxSettings }
  const chosen = Object.entries(rest).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name]))
  return { title, greeting, color, ...Object.fromEntries(chosen) }
}

/** What a page gets for a key that no inbox has: nothing but a line for its developer. */
export const unknownInboxScript =
  'console.error("Parley: unable to show the chat; the inbox key in the address of the script is not known to this server")'

export const etagOf = (body: string): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
