import { z } from 'zod'
import type * as protocol from '../../sdk/protocol/index.js'
import { askings, locales, MAX_NAME_CHARS, MAX_ORIGINS, settingLimits, themes } from '../../sdk/protocol/index.js'
import { anyText, plainText } from '../http/plain-text.js'
import { publicInbox, type ShapeOf } from '../http/shapes.js'
import { exactOrigin } from './origin.js'

const MAX_KEY_CHARS = 100
const MAX_GREETING_CHARS = 500

/** Any name of an inbox that there could be. */
export const inboxKeyParam = z.object({ inboxKey: plainText(MAX_KEY_CHARS) })
export const inboxIdParam = z.object({ inboxId: z.uuid() })

const offset = z.int().min(0).max(settingLimits.offsetPx)
/** Names of the widget's wordings, such as `send` or `launcher.open`. */
const TEXT_KEY = /^[a-z][\w.-]*$/i

const settings = z
  .strictObject({
    title: plainText(MAX_NAME_CHARS),
    greeting: plainText(MAX_GREETING_CHARS),
    color: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour like #3b5bdb')
      .toLowerCase(),
    position: z.enum(['left', 'right']),
    theme: z.enum(themes),
    launcherLabel: anyText(settingLimits.launcherLabelChars),
    offsetX: offset,
    offsetY: offset,
    locale: z.enum(['auto', ...locales]),
    askName: z.enum(askings),
    askEmail: z.enum(askings),
    consent: anyText(settingLimits.consentChars),
    awayMessage: anyText(settingLimits.awayMessageChars),
    sound: z.boolean(),
    editMinutes: z.int().min(0).max(settingLimits.editMinutes),
    rating: z.boolean(),
    tracksPages: z.boolean(),
    texts: z
      .record(z.string().max(settingLimits.textKeyChars).regex(TEXT_KEY), plainText(settingLimits.textChars))
      .refine(
        (texts) => Object.keys(texts).length <= settingLimits.texts,
        `has more than ${settingLimits.texts} texts`,
      ),
  } satisfies ShapeOf<protocol.InboxSettings>)
  .partial()

const origin = z.string().transform((text, ctx) => {
  const exact = exactOrigin(text)
  if (exact) return exact
  ctx.addIssue({ code: 'custom', message: 'is not an exact origin like https://shop.example' })
  return z.NEVER
})

export const inboxChanges = z
  .strictObject({
    name: plainText(MAX_NAME_CHARS).optional(),
    allowedOrigins: z
      .array(origin)
      .max(MAX_ORIGINS, `has more than ${MAX_ORIGINS} origins`)
      .transform((origins) => [...new Set(origins)])
      .optional(),
    settings: settings.optional(),
  } satisfies ShapeOf<protocol.InboxChanges>)
  .meta({ id: 'InboxChanges' })

export const newInbox = inboxChanges.extend({ name: plainText(MAX_NAME_CHARS) }).meta({ id: 'NewInbox' })

export const inbox = z
  .object({
    ...publicInbox.shape,
    allowedOrigins: z.array(z.string()).meta({ description: 'Empty: any origin may embed it.' }),
    createdAt: z.iso.datetime(),
  } satisfies ShapeOf<protocol.Inbox>)
  .meta({ id: 'Inbox' })
const text = z.string()
export const shownInboxShape = z
  .object({
    ...publicInbox.shape,
    locale: z.enum(locales).optional(),
    texts: z
      .object({
        open: text,
        unread: text,
        close: text,
        message: text,
      } satisfies ShapeOf<protocol.LauncherTexts>)
      .optional(),
  } satisfies ShapeOf<protocol.PublicInbox & protocol.ShownInbox>)
  .meta({ id: 'ShownInbox' })

export const inboxSecret = z.object({ secret: z.string() })
export const inboxList = z.object({ items: z.array(inbox) })
