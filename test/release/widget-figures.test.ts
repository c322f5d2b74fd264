import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pictureOf } from '../bench/widget-picture.js'
import { lines, misses, type WidgetFigures, withTable } from '../bench/widget-table.js'

const measured = JSON.parse(readFileSync('docs/widget.json', 'utf8')) as WidgetFigures
const page = readFileSync('docs/widget.md', 'utf8')

test('the table of docs/widget.md is that of the kept figures, and so is its picture', () => {
  expect(page).toContain('npm run bench:widget')
  expect(withTable(page, measured)).toBe(page)
  expect(readFileSync('docs/widget-weight.svg', 'utf8')).toBe(pictureOf(measured))
})

test('a figure over its bound is a miss, as is one that was not taken; one at its bound is none', () => {
  const figures = Object.fromEntries(lines.map(({ name, bound }) => [name, bound ?? 1e6]))
  expect(misses({ ...measured, figures })).toEqual([])
  expect(misses({ ...measured, figures: { ...figures, openKb: 25.01 } })).toEqual([
    'script and style until one can type and send: 25.01 kB, allowed 25 kB',
  ])
  expect(misses({ ...measured, figures: { ...figures, closedRequests: NaN } })).toHaveLength(1)
})
