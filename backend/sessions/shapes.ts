import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import { publicInbox, role, type ShapeOf } from '../http/shapes.js'

/** Longest secret or token anyone hands in. */
const MAX_SECRET_CHARS = 200
const MAX_IDENTITY_TOKEN_CHARS = 8_000

const identityToken = z.string().min(1).max(MAX_IDENTITY_TOKEN_CHARS)

export const visitorSessionRequest = z.object({
  inboxKey: z.string().min(1).max(100),
  identityToken: identityToken.optional(),
} satisfies ShapeOf<protocol.VisitorSessionRequest>)
export const identityRequest = z.object({ identityToken })
export const refreshRequest = z.object({ refreshSecret: z.string().min(1).max(MAX_SECRET_CHARS) })
export const passwordRequest = z.object({
  email: z.email().max(254),
  password: z.string().min(1).max(128),
})
export const linkRequest = z.object({ token: z.string().min(1).max(MAX_SECRET_CHARS) })

const grant = {
  accessToken: z.string(),
  expiresInSeconds: z.int(),
  realtime: z.object({ url: z.string(), apikey: z.string() } satisfies ShapeOf<protocol.RealtimeAddress>),
}

export const contact = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    verified: z.boolean(),
    consentedAt: z.iso.datetime().nullable(),
    formerIds: z.array(z.uuid()),
  } satisfies ShapeOf<protocol.Contact>)
  .meta({ id: 'Contact' })

export const visitorSession = z
  .object({
    ...grant,
    contact,
    refreshSecret: z.string(),
    badgeUrl: z.string(),
    inbox: publicInbox,
  } satisfies ShapeOf<protocol.VisitorSession>)
  .meta({ id: 'VisitorSession' })

export const badgeParam = z.object({ badge: z.string().max(MAX_SECRET_CHARS) })
export const badge = z
  .object({ unread: z.int().min(0), isLive: z.boolean() } satisfies ShapeOf<protocol.Badge>)
  .meta({ id: 'Badge' })

export const agentSession = z
  .object({
    ...grant,
    agent: z.object({ id: z.uuid(), name: z.string(), email: z.string(), role } satisfies ShapeOf<protocol.Agent>),
    workspace: z.object({ id: z.uuid(), name: z.string() }),
  } satisfies ShapeOf<protocol.AgentSession>)
  .meta({ id: 'AgentSession' })
