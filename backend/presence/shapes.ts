import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import { MAX_PRESENCE_CONVERSATIONS, presenceStates } from '../../sdk/protocol/index.js'
import type { ShapeOf } from '../http/shapes.js'

export const presenceRequest = z
  .object({
    state: z.enum(['online', 'away']),
    conversationIds: z.array(z.uuid()).max(MAX_PRESENCE_CONVERSATIONS),
  } satisfies ShapeOf<protocol.PresenceRequest>)
  .meta({ id: 'PresenceRequest' })

const presence = z
  .object({
    conversationId: z.uuid(),
    name: z.string().nullable(),
    state: z.enum(presenceStates),
    lastSeenAt: z.iso.datetime().nullable(),
  } satisfies ShapeOf<protocol.Presence>)
  .meta({ id: 'Presence' })

export const presenceAnswer = z
  .object({
    serverTime: z.iso.datetime(),
    people: z.array(presence),
  } satisfies ShapeOf<protocol.PresenceAnswer>)
  .meta({ id: 'PresenceAnswer' })
