import type { ActAnswer, ChatEvent } from '../../sdk/protocol/index.js'
import { answer } from '../http/answer-headers.js'

const CREATED = 201
const KNOWN = 200
/** Says that a key was known and nothing was written. */
const REPLAYED_HEADER = 'idempotent-replayed'

/** The answer to a write, or its text, which tells a retry from the first time. */
export function written(
  c: Parameters<typeof answer>[0],
  result: ChatEvent | ActAnswer | string,
  isReplay: boolean,
): Response {
  const text = typeof result === 'string' ? result : JSON.stringify(result)
  return isReplay ? answer(c, text, KNOWN, { [REPLAYED_HEADER]: 'true' }) : answer(c, text, CREATED)
}
