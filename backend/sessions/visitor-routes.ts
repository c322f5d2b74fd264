import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { ChatError, paths, type RealtimeAddress, type VisitorSession } from '../../sdk/protocol/index.js'
import { onlyContact } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json, param } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { badgeOf, sessionOf } from './badge.js'
import type { Tokens } from './issue-token.js'
import { checkOrigin } from './origins.js'
import { identify } from './identify.js'
import { type EntryInbox, findBadge, findEntryInbox, insertVisitor, publicInboxOf, revokeSession } from './queries.js'
import { hashOf, newRefreshSecret } from './refresh-secret.js'
import { rotateSession } from './rotate-session.js'
import { badge, badgeParam, identityRequest, refreshRequest, visitorSession, visitorSessionRequest } from './shapes.js'

export interface SessionParts {
  tokens: Tokens
  refreshKey: string
  badgeKey: string
  /** Where realtime is for a caller who knows this server by that origin. */
  realtimeAddress: (ownOrigin: string) => RealtimeAddress
}

export function visitorRoutes({ tokens, refreshKey, badgeKey, realtimeAddress }: SessionParts): Hono<AppEnv> {
  const answer = async (
    found: { sessionId: string; contact: VisitorSession['contact']; inbox: EntryInbox },
    refreshSecret: string,
    ownOrigin: string,
  ): Promise<VisitorSession> => ({
    ...(await tokens.issue({
      kind: 'contact',
      sub: found.contact.id,
      workspace_id: found.inbox.workspaceId,
      inbox_id: found.inbox.id,
      sid: found.sessionId,
    })),
    contact: found.contact,
    refreshSecret,
    badgeUrl: ownOrigin + paths.badge.replace(':badge', badgeOf(found.sessionId, badgeKey)),
    inbox: publicInboxOf(found.inbox),
    realtime: realtimeAddress(ownOrigin),
  })

  return new Hono<AppEnv>()
    .post(
      paths.visitorSessions,
      describe({ summary: 'Begin as a new visitor', tag: 'Visitors', open: true, answers: { 201: visitorSession } }),
      json(visitorSessionRequest),
      limit('session'),
      async (c) => {
        const { db, ownOrigin, buckets } = c.var
        const { inboxKey, identityToken } = c.req.valid('json')
        const inbox = await findEntryInbox(db, inboxKey)
        if (!inbox) throw new ChatError('not_found', 'unable to begin a session; there is no inbox of this key')
        checkOrigin(c.req.header('origin'), ownOrigin(), inbox.allowedOrigins)
        buckets.take('session', { inbox: inbox.id })
        const refreshSecret = newRefreshSecret()
        const begun = identityToken
          ? await identify(db, inbox, null, identityToken, refreshSecret)
          : await insertVisitor(db, inbox, hashOf(refreshSecret))
        return c.json(await answer({ ...begun, inbox }, refreshSecret, ownOrigin()), 201)
      },
    )
    .post(
      paths.visitorIdentity,
      describe({ summary: 'Prove who the visitor is', tag: 'Visitors', answers: { 200: visitorSession } }),
      onlyContact,
      limit('session'),
      json(identityRequest),
      async (c) => {
        const { db, actor, ownOrigin } = c.var
        const refreshSecret = newRefreshSecret()
        const inbox = { id: actor.inboxId, workspaceId: actor.workspaceId }
        const identified = await identify(db, inbox, actor.id, c.req.valid('json').identityToken, refreshSecret)
        return c.json(await answer(identified, refreshSecret, ownOrigin()))
      },
    )
    .post(
      paths.visitorSessionsRefresh,
      describe({ summary: 'Renew a visitor session', tag: 'Visitors', open: true, answers: { 200: visitorSession } }),
      json(refreshRequest),
      limit('refresh'),
      async (c) => {
        const { db, ownOrigin } = c.var
        const accept = ({ inbox }: { inbox: EntryInbox }) =>
          checkOrigin(c.req.header('origin'), ownOrigin(), inbox.allowedOrigins)
        const rotated = await rotateSession(db, c.req.valid('json').refreshSecret, refreshKey, accept)
        return c.json(await answer(rotated.session, rotated.refreshSecret, ownOrigin()))
      },
    )
    .get(
      paths.badge,
      describe({ summary: 'How much a visitor has not read', tag: 'Visitors', open: true, answers: { 200: badge } }),
      limit('badge'),
      etag(),
      param(badgeParam),
      async (c) => {
        const sessionId = sessionOf(c.req.valid('param').badge, badgeKey)
        const found = sessionId && (await findBadge(c.var.db, sessionId))
        if (!found) throw new ChatError('not_found', 'unable to tell what is unread; the session has ended')
        return c.json(found, 200, { 'cache-control': 'private, no-cache' })
      },
    )
    .delete(
      paths.visitorSessions,
      describe({ summary: 'End a visitor session', tag: 'Visitors', answers: { 204: null } }),
      onlyContact,
      async (c) => {
        await revokeSession(c.var.db, c.var.actor.sessionId)
        return c.body(null, 204)
      },
    )
}
