import { z } from 'zod'
import {
  MAX_ATTRIBUTE_CHARS,
  MAX_ATTRIBUTE_KEY_CHARS,
  MAX_ATTRIBUTES,
  MAX_EMAIL_CHARS,
} from '../../sdk/protocol/index.js'
import { anyText, plainText } from './plain-text.js'

/** As it is compared: in lower case. */
export const contactEmail = z.email('is not an e-mail address').max(MAX_EMAIL_CHARS).toLowerCase()

export const contactAttributes = z
  .record(
    plainText(MAX_ATTRIBUTE_KEY_CHARS),
    z.union([anyText(MAX_ATTRIBUTE_CHARS), z.number(), z.boolean(), z.null()]),
  )
  .refine(
    (attributes) => Object.keys(attributes).length <= MAX_ATTRIBUTES,
    `has more than ${MAX_ATTRIBUTES} attributes`,
  )
