import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import {
  MAX_PAGE_TITLE_CHARS,
  MAX_PAGE_URL_CHARS,
  MAX_PRESENCE_CONVERSATIONS,
  presenceStates,
} from '../../sdk/protocol/index.js'
import { anyText, plainText } from '../http/plain-text.js'
import type { ShapeOf } from '../http/shapes.js'

/** An address of the web, without what may be secret in it. */
const pageUrl = plainText(MAX_PAGE_URL_CHARS).transform((text, ctx) => {
  const url = URL.canParse(text) ? new URL(text) : null
  const kept = url && /^https?:$/.test(url.protocol) ? url.origin + url.pathname : ''
  if (kept && kept.length <= MAX_PAGE_URL_CHARS) return kept
  ctx.addIssue({ code: 'custom', message: 'is not an address of the web, or too long a one' })
  return z.NEVER
})

export const presenceRequest = z
  .object({
    state: z.enum(['online', 'away']),
    conversationIds: z.array(z.uuid()).max(MAX_PRESENCE_CONVERSATIONS),
    page: z
      .object({ url: pageUrl, title: anyText(MAX_PAGE_TITLE_CHARS) } satisfies ShapeOf<protocol.PageStep>)
      .optional(),
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
