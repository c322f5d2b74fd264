import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readEnv } from '../../../backend/env.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-env-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const read = (source: Record<string, string> = {}) => readEnv({ DATA_DIR: folder, ...source })

test('nothing need be set', () => {
  expect(read()).toMatchObject({ PORT: 8787, HOST: '127.0.0.1', TRUST_PROXY: [], LOG_LEVEL: 'info' })
  expect(readEnv({ PARLEY_SECRET: 'x'.repeat(32) }).DATA_DIR).toBe(join(process.cwd(), '.parley'))
})

test('a variable set to nothing counts as not set', () => {
  const env = read({ PORT: '', DATABASE_URL: '  ' })
  expect([env.PORT, env.DATABASE_URL]).toEqual([8787, undefined])
})

describe('a wrong variable is named, its value is not', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'chat.example.com/secret'],
    ['DATABASE_URL', 'mysql://me:hunter2@host/db'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'everyone'],
    ['TRUST_PROXY', '10.0.0.0/99'],
    ['PARLEY_SECRET', 'hunter2'],
  ])('%s=%s', (name, value) => {
    const refusal = (() => {
      try {
        return read({ [name]: value }) && ''
      } catch (error) {
        return (error as Error).message
      }
    })()
    expect(refusal).toMatch(new RegExp(`^unable to read the environment; ${name} has to`))
    expect(refusal).not.toContain(value)
  })
})

test('what belongs together is asked for together', () => {
  expect(() => read({ PARLEY_ADMIN_EMAIL: 'me@example.com' })).toThrow('PARLEY_ADMIN_PASSWORD is missing')
  expect(() => read({ SUPABASE_URL: 'https://ref.supabase.co' })).toThrow(
    'SUPABASE_JWT_SECRET (or SUPABASE_JWT_SIGNING_KEY) is missing',
  )
  expect(() => read({ SUPABASE_URL: 'https://ref.supabase.co' })).toThrow('DATABASE_URL is missing')
})

test('a secret is made once, and nobody else may read it', () => {
  const { PARLEY_SECRET } = read()
  expect(PARLEY_SECRET.length).toBeGreaterThanOrEqual(32)
  expect(read().PARLEY_SECRET).toBe(PARLEY_SECRET)
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(PARLEY_SECRET)
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
})

test('a damaged secret stops the start rather than be replaced', () => {
  writeFileSync(join(folder, 'secret'), 'short')
  expect(() => read()).toThrow('it is damaged')
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('short')
})

test('a key that browsers must not see is refused where they would', () => {
  const jwt = (role: string) => `e30.${Buffer.from(JSON.stringify({ role })).toString('base64url')}.signature`
  const refusal = 'SUPABASE_ANON_KEY has to be the publishable or the anon key'
  for (const key of ['sb_secret_x', jwt('service_role'), 'potato'])
    expect(() => read({ SUPABASE_ANON_KEY: key })).toThrow(refusal)
  for (const key of ['sb_publishable_x', jwt('anon')])
    expect(() => read({ SUPABASE_ANON_KEY: key })).not.toThrow(refusal)
})

test('a signing key that cannot be used stops the start', () => {
  expect(() => read({ SUPABASE_JWT_SIGNING_KEY: '{"kty":"EC"}' })).toThrow(
    'SUPABASE_JWT_SIGNING_KEY has a key (number 1) without kid',
  )
})
