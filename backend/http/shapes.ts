import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import {
  agentRoles,
  askings,
  conversationStatuses,
  errors,
  locales,
  priorities,
  type ServerErrorCode,
  themes,
} from '../../sdk/protocol/index.js'

/** Ties a schema to the contract key by key: a forgotten key, also an optional one, does not compile. */
export type ShapeOf<T> = { [K in keyof T]-?: z.ZodType<T[K]> }

const id = z.uuid()
const seq = z.int().min(0)
const time = z.iso.datetime()

const actor = z
  .object({
    type: z.enum(['contact', 'agent', 'assistant', 'system']),
    id: id.nullable(),
    name: z.string(),
  } satisfies ShapeOf<protocol.Actor>)
  .meta({ id: 'Actor' })

export const message = z
  .object({
    id,
    seq,
    messageNo: seq,
    revSeq: seq,
    kind: z.literal('text'),
    author: actor,
    body: z.string(),
    idempotencyKey: id,
    createdAt: time,
    replyToId: id.optional(),
    editedAt: time.optional(),
    deletedAt: time.optional(),
    reactions: z.array(z.object({ emoji: z.string(), actorIds: z.array(id) })).optional(),
  } satisfies ShapeOf<protocol.Message>)
  .meta({ id: 'Message' })

export const event = z
  .object({
    conversationId: id,
    log: z.enum(['public', 'internal']),
    seq,
    epoch: id,
    type: z.string().meta({ description: 'A client skips a type it does not know and still moves its cursor.' }),
    at: time,
    actor,
    idempotencyKey: id.optional(),
    messageId: id.optional(),
    data: z.looseObject({}).meta({ description: 'By type, e.g. { message } of message.created.' }),
  } satisfies { [K in keyof protocol.ChatEvent]-?: z.ZodType })
  .meta({ id: 'Event' })

export const receipt = z
  .object({
    conversationId: id,
    actor: actor.pick({ type: true, id: true }),
    deliveredSeq: seq,
    readSeq: seq,
    readMessageNo: seq,
  } satisfies ShapeOf<protocol.Receipt>)
  .meta({ id: 'Receipt' })

export const head = z
  .object({
    conversationId: id,
    inboxId: id,
    seq,
    internalSeq: seq,
    epoch: id,
    messageNo: seq,
    subject: z.string().nullable(),
    status: z.enum(conversationStatuses),
    routingState: z.enum(['unassigned', 'assigned']),
    priority: z.enum(priorities),
    assigneeId: id.nullable(),
    assigneeName: z.string().nullable(),
    teamId: id.nullable(),
    contact: z.object({ id, name: z.string() }),
    lastMessage: z.object({ preview: z.string(), author: actor, at: time }).nullable(),
    createdAt: time,
  } satisfies ShapeOf<protocol.ConversationHead>)
  .meta({ id: 'ConversationHead' })

export const publicInbox = z
  .object({
    id,
    key: z.string(),
    name: z.string(),
    settings: z.object({
      title: z.string(),
      greeting: z.string(),
      color: z.string(),
      position: z.enum(['left', 'right']),
      theme: z.enum(themes),
      launcherLabel: z.string(),
      offsetX: z.int(),
      offsetY: z.int(),
      locale: z.enum(['auto', ...locales]),
      askName: z.enum(askings),
      askEmail: z.enum(askings),
      consent: z.string(),
      awayMessage: z.string(),
      sound: z.boolean(),
      editMinutes: z.int(),
      rating: z.boolean(),
      tracksPages: z.boolean(),
      texts: z.record(z.string(), z.string()),
    } satisfies ShapeOf<protocol.InboxSettings>),
  } satisfies ShapeOf<protocol.PublicInbox>)
  .meta({ id: 'PublicInbox' })

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errors) as [ServerErrorCode, ...ServerErrorCode[]]),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  } satisfies ShapeOf<protocol.Problem>)
  .meta({ id: 'Problem' })

export const role = z.enum(agentRoles)
