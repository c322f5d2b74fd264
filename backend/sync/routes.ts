import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { anyActor } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { catchUp } from './catch-up.js'
import { syncAnswer, syncRequest } from './shapes.js'

export const syncRoutes = new Hono<AppEnv>().post(
  paths.sync,
  describe({ summary: 'Catch up, or wait for news', tag: 'Sync', answers: { 200: syncAnswer } }),
  anyActor,
  limit('sync'),
  json(syncRequest),
  async (c) => {
    const { db, actor, hear, draining } = c.var
    const over = new AbortController()
    const end = () => over.abort()
    const gone = c.req.raw.signal
    for (const signal of [gone, draining]) signal.addEventListener('abort', end)
    if (gone.aborted || draining.aborted) end()
    try {
      return c.json(await catchUp(db, actor, c.req.valid('json'), { hear, signal: over.signal }))
    } finally {
      // it outlives every request and would remember each
      draining.removeEventListener('abort', end)
    }
  },
)
