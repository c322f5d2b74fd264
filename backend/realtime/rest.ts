import { Hono, type HonoRequest } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { authorize } from './authorize.js'
import { readBatch } from './batch.js'
import { bodyBytes } from './broadcast.js'
import type { Parts } from './channel.js'
import { isToken } from './join-config.js'
import type { Claims } from './verify-token.js'
import { isObject, parseJson } from './wire.js'

const MAX_BODY_BYTES = 8_000_000
const unauthorized = { message: 'Unauthorized' }

/** Broadcasts without a socket, below `/realtime/v1`: a batch, or one with its topic and event in the path. */
export function restRoutes({ db, publish, limits, verify }: Parts): Hono {
  const claimsOf = async (request: HonoRequest): Promise<Claims | undefined> => {
    const bearer = request.header('authorization')?.replace(/^Bearer /i, '')
    return (await verify(isToken(bearer) ? bearer : (request.header('apikey') ?? ''))).claims
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
    .post('/api/broadcast', async (c) => {
      const claims = await claimsOf(c.req)
      if (!claims) return c.json(unauthorized, 401)
      const { messages, errors } = readBatch(parseJson(await c.req.text()), limits.payloadBytes)
      if (errors) return c.json({ errors: { messages: errors } }, 422)
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
