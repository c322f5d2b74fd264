import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { createMiddleware } from 'hono/factory'
import { ChatError } from '../../sdk/protocol/index.js'
import type { AppEnv } from './app-env.js'

/** A header of a request by its name in lower case. */
export type Header = (name: string) => string | undefined

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

/** Who calls and under which name they know this server. What a proxy forwards counts only from one on the list. */
export function callersOf(options: { publicUrl?: string; trustedProxies: BlockList }) {
  const hasProxies = options.trustedProxies.rules.length > 0
  const isTrusted = (address: string) =>
    hasProxies && isIP(address) > 0 && options.trustedProxies.check(address, familyOf(address))
  const publicOrigin = options.publicUrl && new URL(options.publicUrl).origin
  const peerOf = (incoming: IncomingMessage | undefined) => plain(incoming?.socket.remoteAddress ?? '')
  const forwarded = (peer: string, header: Header) => {
    const hops = (header('x-forwarded-for') ?? '').split(',').map(plain)
    let address = peer
    while (isTrusted(address) && isIP(hops.at(-1) ?? '') > 0) address = hops.pop()!
    return address
  }
  return {
    /** For rate limits: an address behind trusted proxies, an IPv6 network, or '' where there is no socket. */
    addressOf(incoming: IncomingMessage | undefined, header: Header): string {
      const peer = peerOf(incoming)
      return payerOf(isTrusted(peer) ? forwarded(peer, header) : peer)
    },
    /** Scheme, host and port under which this server was reached by a request for `url`. */
    originOf(incoming: IncomingMessage | undefined, header: Header, url: string): string {
      if (publicOrigin) return publicOrigin
      const reached = new URL(url)
      if (isTrusted(peerOf(incoming))) {
        const protocol = header('x-forwarded-proto')
        if (protocol === 'http' || protocol === 'https') reached.protocol = `${protocol}:`
        reached.host = header('x-forwarded-host') ?? reached.host
      }
      return reached.origin
    },
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
