import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import { MAX_SYNC_OPEN, MAX_SYNC_WAIT_MS } from '../../sdk/protocol/index.js'
import { event, head, receipt, type ShapeOf } from '../http/shapes.js'

const MAX_CURSOR_CHARS = 100
const seq = z.int().min(0)
const milliseconds = z.int().min(0)

export const syncRequest = z
  .object({
    cursor: z.string().max(MAX_CURSOR_CHARS).nullable(),
    open: z
      .array(
        z.object({
          conversationId: z.uuid(),
          epoch: z.string().max(MAX_CURSOR_CHARS),
          seq,
          internalSeq: seq.optional(),
          minSeq: seq.optional(),
        } satisfies ShapeOf<protocol.SyncRequest['open'][number]>),
      )
      .max(MAX_SYNC_OPEN),
    waitMs: milliseconds.max(MAX_SYNC_WAIT_MS).optional(),
  } satisfies ShapeOf<protocol.SyncRequest>)
  .meta({ id: 'SyncRequest' })

const log = z
  .object({
    conversationId: z.uuid(),
    epoch: z.uuid(),
    head: seq,
    internalHead: seq,
    events: z.array(event),
    receipts: z.array(receipt),
    hasMore: z.boolean(),
  } satisfies Record<keyof protocol.SyncLog, z.ZodType>)
  .meta({ id: 'SyncLog' })

export const syncAnswer = z
  .object({
    cursor: z.string(),
    reset: z.boolean(),
    heads: z.array(head),
    receipts: z.array(receipt),
    open: z.array(log),
    serverTime: z.iso.datetime(),
    syncAfterMs: milliseconds,
    reconnectWindowMs: milliseconds,
  } satisfies Record<keyof protocol.SyncAnswer, z.ZodType>)
  .meta({ id: 'SyncAnswer' })
