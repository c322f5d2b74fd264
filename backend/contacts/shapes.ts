import { z } from 'zod'
import {
  type Availability,
  type ContactChanges,
  type ContactRecord,
  MAX_AVAILABLE_NAMES,
  MAX_NAME_CHARS,
  type PageVisit,
  presenceStates,
  type VisitorExport,
} from '../../sdk/protocol/index.js'
import { contactAttributes, contactEmail } from '../http/contact-fields.js'
import { plainText } from '../http/plain-text.js'
import { head, message, type ShapeOf } from '../http/shapes.js'
import { contact } from '../sessions/shapes.js'

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

const visit = z
  .object({
    url: z.string(),
    title: z.string(),
    at: z.iso.datetime(),
  } satisfies ShapeOf<PageVisit>)
  .meta({ id: 'PageVisit' })
export const pageList = z.object({ items: z.array(visit) })

export const contactRecord = contact
  .extend({
    externalId: z.string().nullable(),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    createdAt: z.iso.datetime(),
  } satisfies Partial<ShapeOf<ContactRecord>>)
  .meta({ id: 'ContactRecord' })

export const visitorExport = z
  .object({
    contact: contactRecord,
    consent: z.object({ at: z.iso.datetime(), text: z.string() }).nullable(),
    pages: z.array(visit),
    conversations: z.array(
      head.extend({
        messages: z.array(message),
        ratings: z.array(z.object({ score: z.int(), comment: z.string(), at: z.iso.datetime() })),
      }),
    ),
  } satisfies ShapeOf<VisitorExport>)
  .meta({ id: 'VisitorExport' })
