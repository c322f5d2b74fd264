import { z } from 'zod'

/** Text as people write it: not only white space, and no NUL, which Postgres cannot store. */
export const plainText = (maxChars: number) =>
  z
    .string()
    .min(1, { error: 'is empty', abort: true })
    .max(maxChars, { error: `has more than ${maxChars} characters`, abort: true })
    // in UTF-16 code units, as the protocol counts; `max` counts code points
    .refine((text) => text.length <= maxChars, `has more than ${maxChars} characters`)
    .refine((text) => !text.includes('\0'), 'has a NUL character')
    .refine((text) => text.trim() !== '', 'has only white space')
