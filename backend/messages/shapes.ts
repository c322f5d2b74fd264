import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import { MAX_BODY_CHARS, MAX_SUBJECT_CHARS } from '../../sdk/protocol/index.js'
import { pageLimit, seq, seqInQuery } from '../conversations/shapes.js'
import { plainText } from '../http/plain-text.js'
import { message, type ShapeOf } from '../http/shapes.js'

export const draft = z
  .object({
    idempotencyKey: z.uuid(),
    body: plainText(MAX_BODY_CHARS),
  } satisfies ShapeOf<protocol.Draft>)
  .meta({ id: 'Draft' })

export const conversationStart = z
  .object({
    idempotencyKey: z.uuid(),
    subject: plainText(MAX_SUBJECT_CHARS).optional(),
    message: draft,
  } satisfies ShapeOf<protocol.ConversationStart>)
  .meta({ id: 'ConversationStart' })

export const messageQuery = z
  .object({ beforeSeq: seqInQuery.optional(), afterSeq: seqInQuery.optional(), limit: pageLimit })
  .refine(({ beforeSeq, afterSeq }) => beforeSeq === undefined || afterSeq === undefined, {
    path: ['afterSeq'],
    message: 'does not go together with beforeSeq',
  })

export const messagePage = z
  .object({
    items: z.array(message),
    hasMore: z.boolean(),
    head: seq,
    epoch: z.uuid(),
  } satisfies ShapeOf<protocol.MessagePage>)
  .meta({ id: 'MessagePage' })
