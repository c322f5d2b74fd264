import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { anyActor, onlyAgent } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json, param, query } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { receipt } from '../http/shapes.js'
import { listConversations } from './list-conversations.js'
import { assignConversation, conversationDetail, eventPage, markReceipt, setStatus } from './queries.js'
import * as shapes from './shapes.js'

const page = (summary: string, answers: Parameters<typeof describe>[0]['answers']) =>
  describe({ summary, tag: 'Conversations', answers })

export const conversationRoutes = new Hono<AppEnv>()
  .get(
    paths.conversations,
    page('List conversations', { 200: shapes.conversationPage }),
    anyActor,
    limit('read'),
    query(shapes.listQuery),
    async (c) => c.json(await listConversations(c.get('db'), c.get('actor'), c.req.valid('query'))),
  )
  .get(
    paths.conversation,
    page('Read one conversation', { 200: shapes.conversationDetail }),
    anyActor,
    limit('read'),
    param(shapes.conversationParam),
    async (c) => c.json(await conversationDetail(c.get('db'), c.get('actor'), c.req.valid('param').conversationId)),
  )
  .get(
    paths.events,
    page('Read the log', { 200: shapes.eventPage }),
    anyActor,
    limit('read'),
    param(shapes.conversationParam),
    query(shapes.eventQuery),
    async (c) => {
      const { after, limit } = c.req.valid('query')
      return c.json(await eventPage(c.get('db'), c.get('actor'), c.req.valid('param').conversationId, after, limit))
    },
  )
  .put(
    paths.receipt,
    page('Move the marks of what was delivered and read', { 200: receipt }),
    anyActor,
    // marks move by themselves: they are not to use up what a hand may send
    limit('read'),
    param(shapes.conversationParam),
    json(shapes.marks),
    async (c) =>
      c.json(await markReceipt(c.get('db'), c.get('actor'), c.req.valid('param').conversationId, c.req.valid('json'))),
  )
  .post(
    paths.assignment,
    page('Take, release or give a conversation', { 200: shapes.actAnswer }),
    onlyAgent,
    limit('write'),
    param(shapes.conversationParam),
    json(shapes.assignment),
    async (c) => {
      const { conversationId } = c.req.valid('param')
      return c.json(
        await assignConversation(c.get('db'), c.get('actor').id, conversationId, c.req.valid('json').assigneeId),
      )
    },
  )
  .post(
    paths.resolve,
    page('Resolve a conversation', { 200: shapes.actAnswer }),
    onlyAgent,
    limit('write'),
    param(shapes.conversationParam),
    async (c) =>
      c.json(await setStatus(c.get('db'), c.get('actor').id, c.req.valid('param').conversationId, 'resolved')),
  )
  .post(
    paths.reopen,
    page('Reopen a conversation', { 200: shapes.actAnswer }),
    onlyAgent,
    limit('write'),
    param(shapes.conversationParam),
    async (c) => c.json(await setStatus(c.get('db'), c.get('actor').id, c.req.valid('param').conversationId, 'open')),
  )
