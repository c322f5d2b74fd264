import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../http/app-env.js'

const self = "'self'"

/** The policy of our own pages: their own files and nothing else. `realtimeOrigin` is a Supabase project's. */
export function strictPolicy(options: { realtimeOrigin?: string; inlineStyles?: boolean } = {}) {
  return createMiddleware<AppEnv>(async (c, next) => {
    await next()
    const socket = c.var.ownOrigin().replace(/^http/, 'ws')
    const elsewhere = options.realtimeOrigin
      ? [options.realtimeOrigin, options.realtimeOrigin.replace(/^http/, 'ws')]
      : []
    const policy = {
      'default-src': ["'none'"],
      'script-src': [self],
      'style-src': options.inlineStyles ? [self, "'unsafe-inline'"] : [self],
      'img-src': [self, 'data:'],
      'font-src': [self],
      'connect-src': [self, socket, ...elsewhere],
      'base-uri': ["'none'"],
      'form-action': [self],
      'frame-ancestors': ["'none'"],
    }
    const text = Object.entries(policy).map(([name, values]) => `${name} ${values.join(' ')}`)
    c.header('content-security-policy', text.join('; '))
  })
}
