import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { onlyContact } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { contact } from '../sessions/shapes.js'
import { readAvailability, readContact, updateContact } from './queries.js'
import { availability, contactChanges } from './shapes.js'

export const contactRoutes = new Hono<AppEnv>()
  .get(
    paths.visitor,
    describe({ summary: 'Read who you are', tag: 'Visitors', answers: { 200: contact } }),
    onlyContact,
    limit('read'),
    async (c) => c.json(await readContact(c.var.db, c.var.actor.id)),
  )
  .patch(
    paths.visitor,
    describe({ summary: 'Say who you are', tag: 'Visitors', answers: { 200: contact } }),
    onlyContact,
    limit('write'),
    json(contactChanges),
    async (c) => c.json(await updateContact(c.var.db, c.var.actor, c.req.valid('json'))),
  )
  .get(
    paths.availability,
    describe({ summary: 'See whether agents are there', tag: 'Visitors', answers: { 200: availability } }),
    onlyContact,
    limit('read'),
    async (c) => c.json(await readAvailability(c.var.db, c.var.actor.inboxId)),
  )
