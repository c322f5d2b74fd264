import { ChatError, errors, type ServerErrorCode } from '../../sdk/protocol/errors.js'

interface DriverError {
  code?: unknown
  message?: unknown
  detail?: unknown
  severity?: unknown
  constraint?: unknown
  constraint_name?: unknown
}

const SQLSTATE_REFUSED = 'PARLY'
const LOST = /^(CONNECTION_\w+|CONNECT_TIMEOUT|ECONN\w+|ENOTFOUND|EAI_AGAIN|EPIPE|E(HOST|NET)UNREACH|ETIMEDOUT)$/
const BROKEN = /^(CONNECTION_CLOSED|CONNECTION_DESTROYED|CONNECT_TIMEOUT|ECONNRESET|EPIPE|57P0[125]|25P0[34])$/
/** What goes by trying again: a server that stops, starts or is full; a lock that was not got. */
const PASSING = /^(08...|57P0.|53...|25P03|55P03|40001|40P01)$/
const RETRY_AFTER_MS = 1_000

/** Name of the constraint that an error of either engine says was violated. */
export function violatedConstraint(error: unknown): string | undefined {
  const { constraint, constraint_name } = (error ?? {}) as DriverError
  const name = constraint ?? constraint_name
  return typeof name === 'string' ? name : undefined
}

/** Whether the driver will hear nothing more from this connection. */
export function isLostConnection(error: unknown): boolean {
  const { code, severity } = (error ?? {}) as DriverError
  return severity === 'FATAL' || LOST.test(String(code))
}

/** Whether a connection that was there has broken; not one that cannot be had. */
export function isBrokenConnection(error: unknown): boolean {
  return BROKEN.test(String(((error ?? {}) as DriverError).code))
}

/** What a query throws: a refusal and a lost connection as ChatError, anything else as the driver made it. */
export function queryError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || error instanceof ChatError) return error
  const { code, message, detail } = error as DriverError
  if (code === SQLSTATE_REFUSED) {
    const refusal = violatedConstraint(error) ?? ''
    if (!(refusal in errors)) return error
    return new ChatError(refusal as ServerErrorCode, `unable to do what was asked; ${String(message)}`, {
      ...(detail ? { retryAfterMs: Number(detail) * 1_000 } : {}),
    })
  }
  if (!LOST.test(String(code)) && !PASSING.test(String(code))) return error
  return new ChatError('unavailable', 'unable to reach the database; try again shortly', {
    cause: error,
    retryAfterMs: RETRY_AFTER_MS,
  })
}
