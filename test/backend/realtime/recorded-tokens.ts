import type { World } from './world.js'

const FORGED = [
  ['token_refresh_malformed', 'exp=100s'],
  ['connect_errors bad_sig', '<jwt:anon>'],
] as const

const size = (digits: string) => Number(digits.replaceAll(',', ''))
const padding = (text: string, bytes: number, end: string) => text + 'x'.repeat(bytes - text.length - end.length) + end

/** Puts good and bad tokens, times and sizes where the recording has words for them. */
export function tokensInPlace(world: World, scenario: string) {
  const known = new Map<string, Promise<string>>()
  const made = (conn: string, placeholder: string): Promise<string> => {
    const [, role, , seconds] = /^<jwt[: ](?:role=)?(\w+)( exp=(.+)s|:expired)?>$/.exec(placeholder) ?? []
    const isForged = FORGED.some(
      ([where, what]) => `${scenario} ${conn}`.startsWith(where) && placeholder.includes(what),
    )
    const expiresInS = seconds === undefined ? (placeholder.includes('expired') ? -10 : 600) : Number(seconds)
    const claims = {
      ...{ role: role === 'undefined' ? undefined : role },
      ...(Number.isNaN(expiresInS) ? { exp: undefined } : {}),
    }
    return world.tokenOf('anon', { claims, expiresInS, ...(isForged ? { secret: 'made up, made up, made up' } : {}) })
  }
  return async (conn: string, text: string): Promise<string> => {
    let filled = text
      .replace('<garbage>', 'garbage')
      .replace(/^\(([\d,]+) bytes\)$/, (_, digits: string) => 'x'.repeat(size(digits)))
      .replace(/^(.*x)…\((\d+) bytes\)$/s, (_, start: string, digits: string) => padding(start, size(digits), '"}}]'))
      .replace(/"since":\d{10,}/, `"since":${Date.now() - 60_000}`)
    for (const [placeholder] of text.matchAll(/<jwt[^>]*>/g)) {
      if (!known.has(conn + placeholder)) known.set(conn + placeholder, made(conn, placeholder))
      filled = filled.replaceAll(placeholder, await known.get(conn + placeholder)!)
    }
    return filled
  }
}
