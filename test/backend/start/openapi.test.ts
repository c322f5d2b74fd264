import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths } from '../../../sdk/protocol/index.js'
import { makeWorld, type World } from '../../support/world.js'

interface Operation {
  summary?: string
  tags?: string[]
  security?: unknown[]
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}
interface Reference {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

let world: World
let reference: Reference
beforeAll(async () => {
  world = await makeWorld()
  reference = (await world.caller().get<Reference>('/v1/openapi.json')).body
})
afterAll(() => world.close())

const inReference = (path: string) => path.replace(/:(\w+)/g, '{$1}')
const operations = () =>
  Object.entries(reference.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )

test('the reference is OpenAPI 3.1 and holds every path of the contract', () => {
  expect(reference.openapi).toMatch(/^3\.1\./)
  expect(Object.keys(reference.paths)).toEqual(expect.arrayContaining(Object.values(paths).map(inReference)))
})

test('every operation says what it does, what it answers and how it refuses', () => {
  const silent = operations().filter(
    ({ operation }) =>
      !operation.summary || !operation.tags?.length || !operation.security || !operation.responses['default'],
  )
  expect(silent.map(({ name }) => name)).toEqual([])
})

test('every operation of the contract but those without a body answers by a schema', () => {
  const known = Object.values(paths).map(inReference)
  const bare = operations().filter(({ name, operation }) => {
    if (!known.includes(name.split(' ')[1]!)) return false
    const good = Object.entries(operation.responses).filter(([status]) => /^2/.test(status) && status !== '204')
    return good.some(([, answer]) => !answer.content?.['application/json']?.schema)
  })
  expect(bare.map(({ name }) => name)).toEqual([])
})

test('every schema that is referred to is there', () => {
  const named = [...JSON.stringify(reference).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name!,
  )
  expect(named.length).toBeGreaterThan(0)
  expect(Object.keys(reference.components.schemas)).toEqual(expect.arrayContaining(named))
})

test('only API addresses are in it', () => {
  expect(Object.keys(reference.paths).filter((path) => !path.startsWith('/v1/'))).toEqual([])
})
