import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mutants } from './mutants-list.js'

test('every mutant has its one place in the code, and every invariant a mutant', () => {
  const lost = mutants.filter(
    ({ file, find }) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split(find).length !== 2,
  )
  expect(lost.map(({ name }) => name)).toEqual([])
  const invariants = new Set(mutants.map(({ name }) => name.split(' ')[0]))
  expect([...invariants].sort()).toEqual(Array.from({ length: 16 }, (_, at) => `I${at + 1}`).sort())
})
