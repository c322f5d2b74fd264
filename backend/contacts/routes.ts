import { Hono } from 'hono'
import { paths } from '../../sdk/protocol/index.js'
import { conversationParam } from '../conversations/shapes.js'
import { onlyAgent, onlyContact } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json, param } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { contact } from '../sessions/shapes.js'
import {
  conversationContact,
  conversationPages,
  eraseContact,
  exportContact,
  readAvailability,
  readContact,
  updateContact,
} from './queries.js'
import { availability, contactChanges, contactRecord, pageList, visitorExport } from './shapes.js'

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
  .get(
    paths.visitorExport,
    describe({ summary: 'Take all that is known of you', tag: 'Visitors', answers: { 200: visitorExport } }),
    onlyContact,
    limit('export'),
    async (c) =>
      c.json(await exportContact(c.var.db, c.var.actor.id), 200, {
        'content-disposition': 'attachment; filename="chat-data.json"',
      }),
  )
  .delete(
    paths.visitor,
    describe({ summary: 'Erase all that is yours', tag: 'Visitors', answers: { 204: null } }),
    onlyContact,
    limit('write'),
    async (c) => {
      await eraseContact(c.var.db, c.var.actor.id)
      return c.body(null, 204)
    },
  )
  .get(
    paths.contact,
    describe({
      summary: 'Read who the contact of a conversation is',
      tag: 'Conversations',
      answers: { 200: contactRecord },
    }),
    onlyAgent,
    limit('read'),
    param(conversationParam),
    async (c) => {
      const { conversationId } = c.req.valid('param')
      return c.json(await conversationContact(c.var.db, c.var.actor.id, conversationId))
    },
  )
  .get(
    paths.pages,
    describe({ summary: 'See where a contact was on the site', tag: 'Conversations', answers: { 200: pageList } }),
    onlyAgent,
    limit('read'),
    param(conversationParam),
    async (c) => {
      const { conversationId } = c.req.valid('param')
      return c.json({ items: await conversationPages(c.var.db, c.var.actor.id, conversationId) })
    },
  )
