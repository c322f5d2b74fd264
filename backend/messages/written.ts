import type { Context } from 'hono'
import type { ActAnswer, ChatEvent } from '../../sdk/protocol/index.js'

const CREATED = 201
const KNOWN = 200
/** Says that a key was known and nothing was written. */
const REPLAYED_HEADER = 'idempotent-replayed'

/** The answer to a write, which tells a retry from the first time. */
export const written = (c: Context, answer: ChatEvent | ActAnswer, isReplay: boolean): Response =>
  isReplay ? c.json(answer, KNOWN, { [REPLAYED_HEADER]: 'true' }) : c.json(answer, CREATED)
