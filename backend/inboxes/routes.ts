import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { ChatError, paths } from '../../sdk/protocol/index.js'
import { agentWith, onlyAgent } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json, param } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { findEntry, findPublicInbox } from '../sessions/queries.js'
import { changeInbox, createInbox } from './change-inbox.js'
import { listInboxes } from './queries.js'
import {
  inbox,
  inboxChanges,
  inboxIdParam,
  inboxKeyParam,
  inboxList,
  inboxSecret,
  newInbox,
  shownInboxShape,
} from './shapes.js'
import { shownInbox } from './shown-inbox.js'

/** How long a copy of the settings may be shown without asking again. */
const FRESH_SECONDS = 60

export const inboxRoutes = new Hono<AppEnv>()
  .get(
    paths.inboxSettings,
    describe({
      summary: 'How an inbox looks and speaks',
      tag: 'Inboxes',
      open: true,
      answers: { 200: shownInboxShape },
    }),
    etag(),
    param(inboxKeyParam),
    async (c) => {
      const found = await findPublicInbox(c.var.db, c.req.valid('param').inboxKey)
      if (!found) throw new ChatError('not_found', 'unable to find the inbox; there is no inbox of this key')
      const shown = await shownInbox(found, c.req.query('locale'), c.req.header('accept-language'))
      c.header('vary', 'accept-language', { append: true })
      return c.json({ ...found, ...shown }, 200, { 'cache-control': `public, max-age=${FRESH_SECONDS}` })
    },
  )
  .get(
    paths.inboxes,
    describe({ summary: 'List the inboxes you see', tag: 'Inboxes', answers: { 200: inboxList } }),
    onlyAgent,
    limit('read'),
    async (c) => {
      const { db, actor } = c.var
      return c.json({ items: await listInboxes(db, actor.workspaceId, actor.id) })
    },
  )
  .post(
    paths.inboxes,
    describe({ summary: 'Make an inbox', tag: 'Inboxes', answers: { 201: inbox } }),
    agentWith('admin'),
    limit('write'),
    json(newInbox),
    async (c) => c.json(await createInbox(c.var.db, c.var.actor, c.req.valid('json')), 201),
  )
  .get(
    paths.inboxSecret,
    describe({ summary: 'Read what signs identity tokens', tag: 'Inboxes', answers: { 200: inboxSecret } }),
    agentWith('admin'),
    limit('read'),
    param(inboxIdParam),
    async (c) => {
      const found = await findEntry(c.var.db, c.req.valid('param').inboxId, c.var.actor.workspaceId)
      if (!found) throw new ChatError('not_found', 'unable to find the inbox; there is no such inbox')
      return c.json({ secret: found.secret })
    },
  )
  .patch(
    paths.inbox,
    describe({ summary: 'Change an inbox', tag: 'Inboxes', answers: { 200: inbox } }),
    agentWith('admin'),
    limit('write'),
    param(inboxIdParam),
    json(inboxChanges),
    async (c) => {
      const { db, actor } = c.var
      return c.json(await changeInbox(db, actor, c.req.valid('param').inboxId, c.req.valid('json')))
    },
  )
