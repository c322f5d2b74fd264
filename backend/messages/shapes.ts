import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import { MAX_BODY_CHARS, MAX_EMOJI_CHARS, MAX_OWN_REACTIONS, MAX_SUBJECT_CHARS } from '../../sdk/protocol/index.js'
import { conversationParam, pageLimit, seq, seqInQuery } from '../conversations/shapes.js'
import { plainText } from '../http/plain-text.js'
import { message, type ShapeOf } from '../http/shapes.js'

export const draft = z
  .object({
    idempotencyKey: z.uuid(),
    body: plainText(MAX_BODY_CHARS),
    replyToId: z.uuid().optional(),
  } satisfies ShapeOf<protocol.Draft>)
  .meta({ id: 'Draft' })

export const conversationStart = z
  .object({
    idempotencyKey: z.uuid(),
    subject: plainText(MAX_SUBJECT_CHARS).optional(),
    message: draft.omit({ replyToId: true }),
  } satisfies ShapeOf<protocol.ConversationStart>)
  .meta({ id: 'ConversationStart' })

export const messageParam = conversationParam.extend({ messageId: z.uuid() })

export const edit = z
  .object({
    idempotencyKey: z.uuid(),
    body: plainText(MAX_BODY_CHARS),
    revSeq: seq.optional(),
  } satisfies ShapeOf<protocol.Routes['PATCH message']['body']>)
  .meta({ id: 'MessageEdit' })

export const deletion = z.object({ idempotencyKey: z.uuid() })

/** Emoji of any version: pictures, their parts and joiners, at least one of them more than a digit. */
const EMOJI =
  /^(?=.*[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3])[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u

export const reactions = z
  .object({
    idempotencyKey: z.uuid(),
    emojis: z
      .array(
        z
          .string()
          .refine((text) => text.length <= MAX_EMOJI_CHARS, `has more than ${MAX_EMOJI_CHARS} characters`)
          .regex(EMOJI, 'is not an emoji'),
      )
      .max(MAX_OWN_REACTIONS, `has more than ${MAX_OWN_REACTIONS} emoji`)
      .refine((all) => new Set(all).size === all.length, 'names an emoji twice'),
  } satisfies ShapeOf<protocol.Routes['PUT reactions']['body']>)
  .meta({ id: 'Reactions' })

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
