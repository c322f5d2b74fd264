import { z } from 'zod'
import {
  type Availability,
  type ContactChanges,
  MAX_AVAILABLE_NAMES,
  MAX_NAME_CHARS,
  presenceStates,
} from '../../sdk/protocol/index.js'
import { contactAttributes, contactEmail } from '../http/contact-fields.js'
import { plainText } from '../http/plain-text.js'
import type { ShapeOf } from '../http/shapes.js'

export const contactChanges = z
  .strictObject({
    name: plainText(MAX_NAME_CHARS).optional(),
    email: contactEmail.optional(),
    attributes: contactAttributes.optional(),
    consentedAt: z.literal(true).optional(),
  } satisfies ShapeOf<ContactChanges>)
  .meta({ id: 'ContactChanges' })

export const availability = z
  .object({
    state: z.enum(presenceStates),
    names: z.array(z.string()).max(MAX_AVAILABLE_NAMES),
  } satisfies ShapeOf<Availability>)
  .meta({ id: 'Availability' })
