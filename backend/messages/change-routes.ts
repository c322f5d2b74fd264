import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { anyActor } from '../http/actor.js'
import { answer } from '../http/answer-headers.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json, param, query } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { event } from '../http/shapes.js'
import { deleteMessage, editMessage, reactToMessage } from './change-message.js'
import * as shapes from './shapes.js'
import { written } from './written.js'

const page = (summary: string) => describe({ summary, tag: 'Conversations', answers: { 201: event, 200: event } })

/** What may happen to a message after it was sent. */
export const changeRoutes = new Hono<AppEnv>()
  .patch(
    paths.message,
    page('Edit a message'),
    anyActor,
    limit('write'),
    param(shapes.messageParam),
    json(shapes.edit),
    async (c) => {
      const { event, isReplay } = await editMessage(
        c.get('db'),
        c.get('actor'),
        c.req.valid('param'),
        c.req.valid('json'),
      )
      return answer(c, written(event, isReplay))
    },
  )
  .delete(
    paths.message,
    page('Delete a message'),
    anyActor,
    limit('write'),
    param(shapes.messageParam),
    query(shapes.deletion),
    async (c) => {
      const { idempotencyKey } = c.req.valid('query')
      const { event, isReplay } = await deleteMessage(c.get('db'), c.get('actor'), c.req.valid('param'), idempotencyKey)
      return answer(c, written(event, isReplay))
    },
  )
  .put(
    paths.reactions,
    page('Say with which emoji you react'),
    anyActor,
    limit('write'),
    param(shapes.messageParam),
    json(shapes.reactions),
    async (c) => {
      const { event, isReplay } = await reactToMessage(
        c.get('db'),
        c.get('actor'),
        c.req.valid('param'),
        c.req.valid('json'),
      )
      return answer(c, written(event, isReplay))
    },
  )
