import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { conversationParam } from '../conversations/shapes.js'
import { onlyContact } from '../http/actor.js'
import { answer } from '../http/answer-headers.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json, param } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { event } from '../http/shapes.js'
import { written } from '../messages/written.js'
import { rateConversation } from './queries.js'
import { ratingRequest } from './shapes.js'

export const ratingRoutes = new Hono<AppEnv>().post(
  paths.rating,
  describe({ summary: 'Rate a resolved conversation', tag: 'Conversations', answers: { 201: event, 200: event } }),
  onlyContact,
  limit('write'),
  param(conversationParam),
  json(ratingRequest),
  async (c) => {
    const { conversationId } = c.req.valid('param')
    const { event, isReplay } = await rateConversation(c.var.db, c.var.actor.id, conversationId, c.req.valid('json'))
    return answer(c, written(event, isReplay))
  },
)
