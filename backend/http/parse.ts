import type { Context, MiddlewareHandler } from 'hono'
import { describeRoute, resolver, validator } from 'hono-openapi'
import type { z } from 'zod'
import { ChatError } from '../../sdk/protocol/index.js'
import type { AppEnv } from './app-env.js'
import { problem } from './shapes.js'

/** Says which fields are wrong and why, never what was in them. */
function fieldOf(issue: z.core.$ZodIssue): { path: string; message: string } {
  const path = issue.path.map(String).join('.')
  return { path, message: issue.code === 'unrecognized_keys' ? 'has a key that is not known here' : issue.message }
}

function refuse(issues: readonly z.core.$ZodIssue[]): never {
  const fields = issues.map(fieldOf)
  const first = fields[0]
  const reason = first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : 'it does not match its schema'
  throw new ChatError('invalid_request', `unable to read the request; ${reason}`, { fields })
}

/** A value by this schema. @throws {ChatError} `invalid_request` */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  return result.success ? result.data : refuse(result.error.issues)
}

/** What the OpenAPI page knows is the library's; what runs is ours, for theirs makes a promise at each of its steps. */
function checked<T extends 'json' | 'query' | 'param', S extends z.ZodType>(
  target: T,
  schema: S,
  read: (c: Context) => unknown,
) {
  const described = validator(target, schema)
  const handler: MiddlewareHandler = (c, next) => {
    const check = (value: unknown) => {
      c.req.addValidatedData(target, parse(schema, value) as object)
      return next()
    }
    const value = read(c)
    return value instanceof Promise ? value.then(check) : check(value)
  }
  // the schema has to stay with what is mounted
  return Object.assign(handler, described) as typeof described
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json(?:;|$)/i

function requireJson(contentType: string | undefined): void {
  if (!JSON_TYPE.test(contentType ?? ''))
    throw new ChatError('unsupported_type', 'unable to read the body; its content type has to be application/json')
}
function refuseText(): never {
  throw new ChatError('invalid_request', 'unable to read the request; the body is not valid JSON')
}

/** A JSON body by this schema. @throws {ChatError} `invalid_request`, `unsupported_type` */
export const json = <S extends z.ZodType>(schema: S) =>
  checked('json', schema, (c) => {
    requireJson(c.req.header('content-type'))
    return c.req.json().catch(refuseText)
  })

/** The value of a body by its type and text. @throws {ChatError} `invalid_request`, `unsupported_type` */
export function jsonIn(contentType: string | undefined, text: string): unknown {
  requireJson(contentType)
  try {
    return JSON.parse(text)
  } catch {
    return refuseText()
  }
}

/** Query parameters by this schema; every value is a string on the wire (`z.coerce.number()`), or several. */
export const query = <S extends z.ZodType>(schema: S) =>
  checked('query', schema, (c) =>
    Object.fromEntries(Object.entries(c.req.queries()).map(([name, all]) => [name, all.length === 1 ? all[0] : all])),
  )

/** Path parameters by this schema. */
export const param = <S extends z.ZodType>(schema: S) => checked('param', schema, (c) => c.req.param())

const pass = (): MiddlewareHandler<AppEnv> => (_c, next) => next()

/** For the OpenAPI page, where the handler parses by itself. */
export const shown = <T extends 'json' | 'param', S extends z.ZodType>(target: T, schema: S) =>
  Object.assign(pass(), validator(target, schema)) as MiddlewareHandler<AppEnv>

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
  return Object.assign(pass(), described)
}
