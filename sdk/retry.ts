import { ChatError, errors, type ServerErrorCode } from './protocol/errors.js'

const BASE_MS = 500
const CAP_MS = 30_000

/** Any thrown thing as one of ours. */
export const asChatError = (error: unknown): ChatError =>
  error instanceof ChatError ? error : new ChatError('network', 'unable to go on; something failed', { cause: error })

/** Whether the same thing may work later: what nobody refused for good, or whose outcome is unknown. */
export const isTransient = ({ code }: ChatError): boolean =>
  code in errors ? errors[code as ServerErrorCode].retry !== 'never' : code === 'network' || code === 'timeout'

/** Full jitter over a doubling bound. `attempt` counts from 0. */
export const backoffMs = (attempt: number, random: () => number): number =>
  random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt)

/** What the server asked for, at least. */
export const retryAfterMs = (error: ChatError, attempt: number, random: () => number): number =>
  (error.retryAfterMs ?? 0) + backoffMs(attempt, random)
