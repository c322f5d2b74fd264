import type { Context } from 'hono'
import type { ActAnswer, ChatEvent } from '../../sdk/protocol/index.js'

const CREATED = 201
const KNOWN = 200
/** Says that a key was known and nothing was written. */
const REPLAYED_HEADER = 'idempotent-replayed'

/** The answer to a write, or its text, which tells a retry from the first time. */
export function written(c: Context, answer: ChatEvent | ActAnswer | string, isReplay: boolean): Response {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  const type = { 'content-type': 'application/json' }
  return isReplay ? c.body(text, KNOWN, { ...type, [REPLAYED_HEADER]: 'true' }) : c.body(text, CREATED, type)
}
