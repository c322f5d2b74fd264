import { z } from 'zod'

/** Text that may be empty, without NUL, which Postgres cannot store. */
export const anyText = (maxChars: number) =>
  z
    .string()
    .max(maxChars, { error: `has more than ${maxChars} characters`, abort: true })
    // in UTF-16 code units, as the protocol counts; `max` counts code points
    .refine((text) => text.length <= maxChars, `has more than ${maxChars} characters`)
    .refine((text) => !text.includes('\0'), 'has a NUL character')

/** Text as people write it: not only white space. */
export const plainText = (maxChars: number) =>
  anyText(maxChars)
    .min(1, { error: 'is empty', abort: true })
    .refine((text) => text.trim() !== '', 'has only white space')
