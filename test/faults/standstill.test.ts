import { expect, test } from 'vitest'
import { withinTime } from './standstill.js'

test('a round that comes to its end gives its result', async () => {
  expect(await withinTime(Promise.resolve(7), 60_000, async () => [])).toBe(7)
})

test('a round that fails, fails as it failed', async () => {
  await expect(withinTime(Promise.reject(new Error('no disk')), 60_000, async () => [])).rejects.toThrow('no disk')
})

test('a round that stands still ends by saying who waits for what', async () => {
  const standing = async () => ['visitor 1, offline']
  await expect(withinTime(new Promise(() => {}), 1, standing)).rejects.toThrow('visitor 1, offline')
})
