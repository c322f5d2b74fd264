import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { actAnswer, conversationParam } from '../conversations/shapes.js'
import { anyActor, onlyContact } from '../http/actor.js'
import { answer } from '../http/answer-headers.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json, param, query, shown } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { event } from '../http/shapes.js'
import { postMessage } from './post-message.js'
import { messagePage } from './queries.js'
import * as shapes from './shapes.js'
import { startConversation } from './start-conversation.js'
import { written } from './written.js'

export const messageRoutes = new Hono<AppEnv>()
  .post(
    paths.conversations,
    describe({
      summary: 'Open a conversation with its first message',
      tag: 'Conversations',
      answers: { 201: actAnswer, 200: actAnswer },
    }),
    onlyContact,
    limit('write'),
    json(shapes.conversationStart),
    async (c) => {
      const started = await startConversation(c.get('db'), c.get('actor'), c.req.valid('json'))
      return answer(c, written(started.answer, started.isReplay))
    },
  )
  .post(
    paths.messages,
    // most sends come past this route: app.ts
    describe({ summary: 'Send a message', tag: 'Conversations', answers: { 201: event, 200: event } }),
    shown('param', conversationParam),
    shown('json', shapes.draft),
    async (c) => {
      const asked = { header: (name: string) => c.req.header(name), param: c.req.param('conversationId') }
      return answer(c, await postMessage(c.var, { ...c.var, ...asked, body: await c.req.text() }))
    },
  )
  .get(
    paths.messages,
    describe({ summary: 'Page through messages', tag: 'Conversations', answers: { 200: shapes.messagePage } }),
    anyActor,
    limit('read'),
    param(conversationParam),
    query(shapes.messageQuery),
    async (c) =>
      c.json(await messagePage(c.get('db'), c.get('actor'), c.req.valid('param').conversationId, c.req.valid('query'))),
  )
