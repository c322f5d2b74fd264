import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import { ChatError, errors, type Problem, type ServerErrorCode } from '../../sdk/protocol/index.js'
import type { Answered } from './answer-headers.js'
import type { AppEnv } from './app-env.js'

/** Told with every answer that says "later" and knows no better. */
const DEFAULT_RETRY_MS = 2_000

const ofServer = (code: string): code is ServerErrorCode => Object.hasOwn(errors, code)
const codeOfStatus = (status: number) =>
  (Object.keys(errors) as ServerErrorCode[]).find((code) => errors[code].status === status) ?? 'internal'

/** Any thrown thing as one of ours; what nobody foresaw tells the caller nothing. */
function chatErrorOf(error: unknown): ChatError & { code: ServerErrorCode } {
  let known = error
  if (error instanceof HTTPException)
    known = new ChatError(codeOfStatus(error.status), `unable to read the request; ${error.message}`)
  if (known instanceof ChatError && ofServer(known.code)) return known as ChatError & { code: ServerErrorCode }
  const unforeseen = new ChatError('internal', 'unable to answer; the server failed in a way it did not foresee')
  return unforeseen as ChatError & { code: ServerErrorCode }
}

function challengeOf(code: ServerErrorCode): string {
  const scheme = 'Bearer realm="parley"'
  return code === 'token_missing' ? scheme : `${scheme}, error="invalid_token"`
}

/** The one error shape of the API, whatever was thrown. */
export function problemOf(error: unknown, requestId: string, log: Logger | undefined): Answered {
  const known = chatErrorOf(error)
  const { status, retry } = errors[known.code]
  if (status >= 500)
    log?.error({ requestId, err: known.code === 'internal' ? error : known.cause, code: known.code }, 'request failed')
  const problem: Problem = {
    type: `urn:parley:problem:${known.code}`,
    title: known.code.replaceAll('_', ' '),
    status,
    code: known.code,
    detail: known.message,
    requestId,
    ...(known.fields ? { errors: known.fields } : {}),
  }
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  if (retry === 'after') headers['retry-after'] = String(Math.ceil((known.retryAfterMs ?? DEFAULT_RETRY_MS) / 1000))
  if (status === 401) headers['www-authenticate'] = challengeOf(known.code)
  return { status, headers, text: JSON.stringify(problem) }
}

function problemAnswer(error: unknown, c: Context<AppEnv>): Response {
  const { status, headers, text } = problemOf(error, c.get('requestId') ?? '', c.get('log'))
  return c.body(text, status, headers)
}

export const onError = (error: Error, c: Context<AppEnv>) => problemAnswer(error, c)

export const notFound = (c: Context<AppEnv>) =>
  problemAnswer(new ChatError('not_found', 'unable to find what was asked for; there is nothing at this address'), c)
