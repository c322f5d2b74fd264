import { z } from 'zod'
import {
  type Availability,
  type ContactChanges,
  MAX_ATTRIBUTE_CHARS,
  MAX_ATTRIBUTE_KEY_CHARS,
  MAX_ATTRIBUTES,
  MAX_AVAILABLE_NAMES,
  MAX_EMAIL_CHARS,
  MAX_NAME_CHARS,
  presenceStates,
} from '../../sdk/protocol/index.js'
import { anyText, plainText } from '../http/plain-text.js'
import type { ShapeOf } from '../http/shapes.js'

export const contactChanges = z
  .strictObject({
    name: plainText(MAX_NAME_CHARS).optional(),
    email: z.email('is not an e-mail address').max(MAX_EMAIL_CHARS).toLowerCase().optional(),
    attributes: z
      .record(
        plainText(MAX_ATTRIBUTE_KEY_CHARS),
        z.union([anyText(MAX_ATTRIBUTE_CHARS), z.number(), z.boolean(), z.null()]),
      )
      .refine(
        (attributes) => Object.keys(attributes).length <= MAX_ATTRIBUTES,
        `has more than ${MAX_ATTRIBUTES} attributes`,
      )
      .optional(),
    consentedAt: z.literal(true).optional(),
  } satisfies ShapeOf<ContactChanges>)
  .meta({ id: 'ContactChanges' })

export const availability = z
  .object({
    state: z.enum(presenceStates),
    names: z.array(z.string()).max(MAX_AVAILABLE_NAMES),
  } satisfies ShapeOf<Availability>)
  .meta({ id: 'Availability' })
