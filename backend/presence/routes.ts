import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { anyActor } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { setPresence } from './queries.js'
import { presenceAnswer, presenceRequest } from './shapes.js'

export const presenceRoutes = new Hono<AppEnv>().put(
  paths.presence,
  describe({ summary: 'Say that one is there, and see who is', tag: 'Presence', answers: { 200: presenceAnswer } }),
  anyActor,
  limit('presence'),
  json(presenceRequest),
  async (c) => c.json(await setPresence(c.get('db'), c.get('actor'), c.req.valid('json'))),
)
