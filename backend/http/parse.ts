import type { MiddlewareHandler } from 'hono'
import { describeRoute, resolver, validator } from 'hono-openapi'
import type { z } from 'zod'
import { ChatError } from '../../sdk/protocol/index.js'
import type { AppEnv } from './app-env.js'
import { problem } from './shapes.js'

interface Issue {
  code?: string
  message: string
  path?: readonly (PropertyKey | { key: PropertyKey })[]
}

/** Says which fields are wrong and why, never what was in them. */
function fieldOf(issue: Issue): { path: string; message: string } {
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
  return { path, message: issue.code === 'unrecognized_keys' ? 'has a key that is not known here' : issue.message }
}

function refuse(result: { success: boolean; error?: readonly Issue[] }): void {
  if (result.success) return
  const fields = (result.error ?? []).map(fieldOf)
  const first = fields[0]
  const reason = first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : 'it does not match its schema'
  throw new ChatError('invalid_request', `unable to read the request; ${reason}`, { fields })
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json(?:;|$)/i

/** A JSON body by this schema. @throws {ChatError} `invalid_request`, `unsupported_type` */
export function json<S extends z.ZodType>(schema: S) {
  const checked = validator('json', schema, refuse)
  const handler: MiddlewareHandler = (c, next) => {
    if (!JSON_TYPE.test(c.req.header('content-type') ?? ''))
      throw new ChatError('unsupported_type', 'unable to read the body; its content type has to be application/json')
    return checked(c, next)
  }
  // the schema that the validator carries for the OpenAPI page has to stay with what is mounted
  return Object.assign(handler, checked) as typeof checked
}

/** Query parameters by this schema; every value is a string on the wire (`z.coerce.number()`). */
export const query = <S extends z.ZodType>(schema: S) => validator('query', schema, refuse)

/** Path parameters by this schema. */
export const param = <S extends z.ZodType>(schema: S) => validator('param', schema, refuse)

const content = (schema: z.ZodType, type = 'application/json') => ({ [type]: { schema: resolver(schema) } })

/** What the OpenAPI page says of a route. `answers`: status → schema, or null for an answer without a body. */
export function describe(page: {
  summary: string
  tag: 'Visitors' | 'Agents' | 'Inboxes' | 'Conversations' | 'Presence' | 'Sync'
  answers: Record<number, z.ZodType | null>
  /** No access token needed. */
  open?: boolean
}): MiddlewareHandler<AppEnv> {
  const answers = Object.entries(page.answers).map(([status, schema]) => [
    status,
    schema ? { description: 'Done', content: content(schema) } : { description: 'Done' },
  ])
  const described = describeRoute({
    summary: page.summary,
    tags: [page.tag],
    security: page.open ? [] : [{ accessToken: [] }],
    responses: {
      ...Object.fromEntries(answers),
      default: { description: 'Refused: see `code`', content: content(problem, 'application/problem+json') },
    },
  })
  const handler: MiddlewareHandler<AppEnv> = (_c, next) => next()
  return Object.assign(handler, described)
}
