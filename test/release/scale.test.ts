import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pages, readCosts, tablesOf, withTables } from '../bench/scale.js'

test.each(pages)('the tables of %s are what the measured costs come to', (page) => {
  const text = readFileSync(page, 'utf8')
  expect(text).toContain('npm run scale')
  expect(withTables(text, tablesOf(readCosts()))).toBe(text)
})
