import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { ChatError } from '../../sdk/protocol/index.js'
import type { AppEnv } from './app-env.js'

/**
 * Refuses a body of more than `maxBytes`. One that says its length is not touched: looking at it makes a stream
 * of it, with an abort signal and a message channel, for what is otherwise read from the socket in one piece.
 */
export function limitBody(maxBytes: number) {
  const refuse = () => {
    throw new ChatError('too_large', `unable to read the body; it may have ${maxBytes} bytes at most`)
  }
  const counted = bodyLimit({ maxSize: maxBytes, onError: refuse })
  return createMiddleware<AppEnv>((c, next) => {
    const length = c.req.header('content-length')
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next)
    if (Number(length) > maxBytes) refuse()
    return next()
  })
}
