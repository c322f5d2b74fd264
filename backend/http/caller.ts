import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { ChatError } from '../../sdk/protocol/index.js'
import type { AppEnv } from './app-env.js'

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
/** An IPv4 address however it was written. */
const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, '')

/** Addresses and networks (`10.0.0.0/8`) of proxies; the word `loopback` stands for this machine. @throws {Error} on anything else */
export function proxyList(proxies: readonly string[]): BlockList {
  const list = new BlockList()
  for (const proxy of proxies.flatMap((entry) => (entry === 'loopback' ? ['127.0.0.0/8', '::1'] : [entry]))) {
    const [address, prefix] = proxy.split('/')
    if (prefix === undefined) list.addAddress(address!, familyOf(address!))
    else list.addSubnet(address!, Number(prefix), familyOf(address!))
  }
  return list
}

/** One IPv6 customer has a network of 64 bits, not an address. */
function payerOf(address: string): string {
  if (isIP(address) !== 6) return address
  const shortest = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1)
  const [front = [], back] = shortest.split('::').map((half) => half.split(':').filter(Boolean))
  const zeros = Array<string>(8 - front.length - (back?.length ?? 0)).fill('0')
  return [...front, ...zeros, ...(back ?? [])].slice(0, 4).join(':')
}

/** Notes who calls and under which name they know this server. What a proxy forwards counts only from one on the list. */
export function callerOf(options: { publicUrl?: string; trustedProxies: BlockList }): (c: Context<AppEnv>) => void {
  const hasProxies = options.trustedProxies.rules.length > 0
  const isTrusted = (address: string) =>
    hasProxies && isIP(address) > 0 && options.trustedProxies.check(address, familyOf(address))
  const publicOrigin = options.publicUrl && new URL(options.publicUrl).origin
  const addressOf = (c: Context<AppEnv>, peer: string) => {
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map(plain)
    let address = peer
    while (isTrusted(address) && isIP(hops.at(-1) ?? '') > 0) address = hops.pop()!
    return address
  }
  const originOf = (c: Context<AppEnv>, isProxied: boolean) => {
    const url = new URL(c.req.url)
    if (isProxied) {
      const protocol = c.req.header('x-forwarded-proto')
      if (protocol === 'http' || protocol === 'https') url.protocol = `${protocol}:`
      url.host = c.req.header('x-forwarded-host') ?? url.host
    }
    return url.origin
  }
  return (c) => {
    const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
    const peer = plain(incoming?.socket.remoteAddress ?? '')
    const isProxied = isTrusted(peer)
    c.set('address', payerOf(isProxied ? addressOf(c, peer) : peer))
    c.set('ownOrigin', () => publicOrigin ?? originOf(c, isProxied))
  }
}

/** For what a cookie may open: refuses every page but our own. Callers without an `Origin` are not pages. */
export const sameOrigin = createMiddleware<AppEnv>(async (c, next) => {
  const origin = c.req.header('origin')
  const isForeign = origin !== undefined && origin !== c.get('ownOrigin')()
  if (isForeign || c.req.header('sec-fetch-site') === 'cross-site')
    throw new ChatError('origin_refused', 'unable to sign in from this page; only pages of this server may')
  await next()
})
