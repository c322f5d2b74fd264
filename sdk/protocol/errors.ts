/** Code → HTTP status and whether trying again can help: `never` as it stands, `now` once something is renewed, `after` some time. */
export const errors = {
  invalid_request: { status: 400, retry: 'never' },
  token_missing: { status: 401, retry: 'now' },
  token_expired: { status: 401, retry: 'now' },
  token_invalid: { status: 401, retry: 'now' },
  origin_refused: { status: 403, retry: 'never' },
  forbidden: { status: 403, retry: 'never' },
  not_found: { status: 404, retry: 'never' },
  idempotency_mismatch: { status: 409, retry: 'never' },
  already_assigned: { status: 409, retry: 'never' },
  stale_version: { status: 409, retry: 'never' },
  gone: { status: 410, retry: 'never' },
  too_large: { status: 413, retry: 'never' },
  unsupported_type: { status: 415, retry: 'never' },
  upgrade_required: { status: 426, retry: 'never' },
  rate_limited: { status: 429, retry: 'after' },
  internal: { status: 500, retry: 'after' },
  unavailable: { status: 503, retry: 'after' },
} as const satisfies Record<string, { status: number; retry: 'never' | 'now' | 'after' }>

/** Codes a server answers with. */
export type ServerErrorCode = keyof typeof errors
/** Codes that arise in the client itself. */
export type ClientErrorCode = 'network' | 'timeout' | 'aborted' | 'outbox_full' | 'expired' | 'user_changed'
export type ErrorCode = ServerErrorCode | ClientErrorCode

/** RFC 9457 problem details, the one error shape of the API. Submitted values are never echoed. */
export interface Problem {
  type: string
  title: string
  status: number
  code: ServerErrorCode
  /** "unable to …; reason". For people; programs read `code`. */
  detail: string
  requestId: string
  /** Which fields were refused and why, for `invalid_request`. */
  errors?: { path: string; message: string }[]
}

/** The one error of SDK and server. `message` is one sentence: "unable to …; reason". */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  readonly code: ErrorCode
  /** Milliseconds until trying again makes sense, when the server said so. */
  readonly retryAfterMs: number | undefined
  readonly requestId: string | undefined
  readonly fields: Problem['errors']

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number; requestId?: string; fields?: Problem['errors'] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryAfterMs = options.retryAfterMs
    this.requestId = options.requestId
    this.fields = options.fields
  }
}
