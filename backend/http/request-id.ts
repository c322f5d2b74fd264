import { randomUUID } from 'node:crypto'

/** What a caller may hand in to find its request again. */
const REQUEST_ID = /^[\w-]{8,64}$/

/** The caller's name for the request where it is one, else a new one. */
export const requestIdOf = (asked: string | undefined): string =>
  asked && REQUEST_ID.test(asked) ? asked : randomUUID()
