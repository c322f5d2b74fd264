import { type Context, Hono, type HonoRequest } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { authorize } from './authorize.js'
import { readBatch } from './batch.js'
import { bodyBytes } from './broadcast.js'
import type { Parts } from './channel.js'
import { isToken } from './join-config.js'
import { RATE_WINDOW_MS } from './limits.js'
import type { Claims } from './verify-token.js'
import { isObject, parseJson } from './wire.js'

const MAX_BODY_BYTES = 8_000_000
const unauthorized = { message: 'Unauthorized' }
const WINDOW_S = RATE_WINDOW_MS / 1000

/** Broadcasts without a socket, below `/realtime/v1`: a batch, or one with its topic and event in the path. */
export function restRoutes({ db, publish, limits, rates, verify }: Parts): Hono {
  const claimsOf = async (request: HonoRequest): Promise<Claims | undefined> => {
    const bearer = request.header('authorization')?.replace(/^Bearer /i, '')
    return (await verify(isToken(bearer) ? bearer : (request.header('apikey') ?? ''))).claims
  }
  const tooMany = (c: Context, message: string) => c.json({ message }, 429, { 'retry-after': String(WINDOW_S) })
  /** Counts what a person sends; the answer is why it is too much. */
  const whyTooMany = ({ sub, role }: Claims, count: number): string | null => {
    const own = rates.overHttp(typeof sub === 'string' ? sub : role)
    const left = Math.min(own.left(), rates.messages.left())
    if (left < 1) return 'You have exceeded your rate limit'
    if (left < count) return 'Too many messages to broadcast, please reduce the batch size'
    own.take(count)
    return null
  }
  const mayWrite = async (claims: Claims, topic: string) => (await authorize(db, claims, topic)).write.broadcast

  return new Hono()
    .use(
      '/api/*',
      cors({ origin: '*', allowHeaders: ['apikey', 'authorization', 'content-type'], allowMethods: ['POST'] }),
    )
    .use(
      '/api/*',
      bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.json({ message: 'Payload too large' }, 413) }),
    )
    .use('/api/*', async (c, next) => {
      const left = rates.messages.left()
      if (left === Infinity) return next()
      const perSecond = limits.serverMessagesPerSecond
      const rolling = Math.trunc(perSecond - left / WINDOW_S)
      c.header('x-rate-rolling', String(rolling))
      c.header('x-rate-limit', String(perSecond))
      c.header('x-rate-limit-remaining', String(perSecond - rolling))
      return left < 1 ? tooMany(c, 'Too many requests') : next()
    })
    .post('/api/broadcast', async (c) => {
      const claims = await claimsOf(c.req)
      if (!claims) return c.json(unauthorized, 401)
      const { messages, errors } = readBatch(parseJson(await c.req.text()), limits.payloadBytes)
      if (errors) return c.json({ errors: { messages: errors } }, 422)
      const why = whyTooMany(claims, messages.length)
      if (why) return tooMany(c, why)
      // one answer for each topic; what may not be written is left out without a word, as the real server does
      const allowed = new Map<string, boolean>()
      for (const { room, broadcast } of messages) {
        if (room.isPrivate && !allowed.has(room.topic)) allowed.set(room.topic, await mayWrite(claims, room.topic))
        if (!room.isPrivate || allowed.get(room.topic)) publish(room, broadcast)
      }
      return c.body(null, 202)
    })
    .post('/api/broadcast/:topic/events/:event', async (c) => {
      const claims = await claimsOf(c.req)
      if (!claims) return c.json(unauthorized, 401)
      const { topic, event } = c.req.param()
      const isPrivate = c.req.query('private') === 'true'
      const type = c.req.header('content-type')?.split(';')[0]?.trim()
      if (type !== 'application/json' && type !== 'application/octet-stream') {
        return c.json({ message: 'Unsupported Media Type' }, 415)
      }
      const isRaw = type === 'application/octet-stream'
      const body = isRaw ? new Uint8Array(await c.req.arrayBuffer()) : asObject(await c.req.text())
      if (body === undefined) return c.json({ errors: { payload: ['is invalid'] } }, 422)
      const broadcast = { event, body, compact: isRaw }
      if (bodyBytes(broadcast) > limits.payloadBytes) {
        return c.json({ errors: { payload: ['Payload size exceeds tenant limit'] } }, 422)
      }
      const why = whyTooMany(claims, 1)
      if (why) return tooMany(c, why)
      if (isPrivate && !(await mayWrite(claims, topic))) return c.json(unauthorized, 403)
      publish({ topic, isPrivate }, broadcast)
      return c.body(null, 202)
    })
}

/** The JSON as it came, but what is no object is put into one, as the real server does. Undefined for what is no JSON. */
function asObject(json: string): string | undefined {
  const value = parseJson(json)
  if (value === undefined) return undefined
  return isObject(value) ? json : JSON.stringify({ _json: value })
}
