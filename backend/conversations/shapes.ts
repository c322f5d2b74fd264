import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import { conversationViews, MAX_PAGE } from '../../sdk/protocol/index.js'
import { event, head, receipt, type ShapeOf } from '../http/shapes.js'

const DEFAULT_PAGE = 50
const MAX_CURSOR_CHARS = 100

export const conversationParam = z.object({ conversationId: z.uuid() })
/** A place in a log; 0 is before its beginning. */
export const seq = z.int().min(0)
/** The same in a query string. */
export const seqInQuery = z.coerce.number().pipe(seq)
export const pageLimit = z.coerce.number().pipe(z.int().min(1).max(MAX_PAGE)).default(DEFAULT_PAGE)

export const listQuery = z.object({
  view: z.enum(conversationViews).optional(),
  inboxId: z.uuid().optional(),
  cursor: z.string().max(MAX_CURSOR_CHARS).optional(),
  limit: pageLimit,
})
export type ListQuery = z.infer<typeof listQuery>

export const eventQuery = z.object({ after: seqInQuery.default(0), limit: pageLimit })

export const marks = z.object({
  deliveredSeq: seq,
  readSeq: seq,
} satisfies ShapeOf<protocol.Routes['PUT receipt']['body']>)
export const assignment = z.object({
  assigneeId: z.uuid().nullable(),
} satisfies ShapeOf<protocol.Routes['POST assignment']['body']>)

export const conversationPage = z
  .object({
    items: z.array(head),
    receipts: z.array(receipt),
    nextCursor: z.string().nullable(),
    syncCursor: z.string(),
  } satisfies ShapeOf<protocol.ConversationPage>)
  .meta({ id: 'ConversationPage' })

export const conversationDetail = z
  .object({ head, receipts: z.array(receipt) } satisfies ShapeOf<protocol.ConversationDetail>)
  .meta({ id: 'ConversationDetail' })

export const eventPage = z
  .object({
    items: z.array(event),
    hasMore: z.boolean(),
    head: seq,
    epoch: z.uuid(),
  } satisfies { [K in keyof protocol.EventPage]-?: z.ZodType })
  .meta({ id: 'EventPage' })

export const actAnswer = z
  .object({ head, events: z.array(event) } satisfies { [K in keyof protocol.ActAnswer]-?: z.ZodType })
  .meta({ id: 'ActAnswer' })
