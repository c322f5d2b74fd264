import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { actAnswer, conversationParam } from '../conversations/shapes.js'
import { anyActor, namedActor, onlyContact } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json, param, query } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { event } from '../http/shapes.js'
import { messagePage } from './queries.js'
import { sendTogether } from './send-together.js'
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
      const { answer, isReplay } = await startConversation(c.get('db'), c.get('actor'), c.req.valid('json'))
      return written(c, answer, isReplay)
    },
  )
  .post(
    paths.messages,
    describe({ summary: 'Send a message', tag: 'Conversations', answers: { 201: event, 200: event } }),
    // sendTogether asks for the session
    namedActor,
    limit('write'),
    param(conversationParam),
    json(shapes.draft),
    async (c) => {
      const { conversationId } = c.req.valid('param')
      const { event, isReplay } = await sendTogether(
        { db: c.get('db'), teller: c.get('teller') },
        c.get('actor'),
        conversationId,
        c.req.valid('json'),
      )
      return written(c, event, isReplay)
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
