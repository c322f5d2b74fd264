import { createMiddleware } from 'hono/factory'
import type { Actor } from './actor.js'
import type { AppEnv } from './app-env.js'
import type { RateName } from './buckets.js'

export const payersOf = (actor: Actor | undefined, address: string) => ({
  address,
  ...(actor?.type === 'contact' ? { contact: actor.id, inbox: actor.inboxId } : {}),
  ...(actor?.type === 'agent' ? { agent: actor.id } : {}),
})

/** Counts a request against its payers; place it after the actor. */
export const limit = (name: RateName) =>
  createMiddleware<AppEnv>((c, next) => {
    c.get('buckets').take(name, payersOf(c.get('actor'), c.get('address')))
    return next()
  })
