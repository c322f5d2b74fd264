import type { ActAnswer, ChatEvent } from '../../sdk/protocol/index.js'
import type { Answered } from '../http/answer-headers.js'

const CREATED = 201
const KNOWN = 200
/** Says that a key was known and nothing was written. */
const REPLAYED_HEADER = 'idempotent-replayed'

/** The answer to a write, or its text, which tells a retry from the first time. */
export function written(result: ChatEvent | ActAnswer | string, isReplay: boolean): Answered {
  const text = typeof result === 'string' ? result : JSON.stringify(result)
  return isReplay ? { status: KNOWN, headers: { [REPLAYED_HEADER]: 'true' }, text } : { status: CREATED, text }
}
