import { ChatError } from '../../sdk/protocol/errors.js'

export interface PostgresAddress {
  url: string
  /** A direct address for the listening session where `url` is a pooler. */
  listenUrl?: string
}

/** Supabase's transaction poolers, its own and the hosted one, answer there. */
const TRANSACTION_POOLER_PORT = /^\w+:\/\/([^/?]*@)?[^/?@]*:6543([,/?]|$)/

/**
 * A transaction pooler gives each transaction another session, so nothing may be left in one: no prepared
 * statement, no LISTEN. It is known by port 6543, by `?pgbouncer=true` or `?prepare=false` (neither word is meant for
 * the server), or by a separate address for listening. An address may name several hosts, so it is no URL to parse.
 */
export function readAddress({ url, listenUrl }: PostgresAddress): { url: string; pooled: boolean } {
  const asked = /[?&](pgbouncer=true|prepare=false)(&|$)/.test(url)
  return {
    url: url.replace(/([?&])(pgbouncer|prepare)=[^&]*/g, '$1'),
    pooled: asked || TRANSACTION_POOLER_PORT.test(url) || (listenUrl !== undefined && listenUrl !== url),
  }
}

/** @throws {ChatError} `unavailable` where only a pooler is known: it takes a LISTEN and never tells of anything */
export function listeningAddress(address: PostgresAddress): string {
  const { url, pooled } = readAddress(address)
  if (address.listenUrl) return address.listenUrl
  if (!pooled) return url
  throw new ChatError(
    'unavailable',
    "unable to listen to the database; DATABASE_URL is a transaction pooler: set DATABASE_LISTEN_URL to the database's own address",
  )
}
