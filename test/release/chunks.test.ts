import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What a built file waits for: each is found only once the file itself is there, and so costs another round trip. */
function waitsFor(folder: string, name: string): string[] {
  const file = readdirSync(folder).find((one) => one.replace(/-[\w-]{8}(?=\.js$)/, '') === name)!
  const code = readFileSync(`${folder}/${file}`, 'utf8')
  const imports = [...code.matchAll(/(?:\bfrom|\bimport)\s?"\.\/([^"]+)"/g)]
  return imports.map(([, other]) => other!.replace(/-[\w-]{8}(?=\.js$)/, ''))
}

test('what a page needs first, and what goes live, waits for no further file', () => {
  expect(waitsFor('dist/widget', 'widget.js')).toEqual([])
  expect(waitsFor('dist/widget', 'panel.js')).toEqual([])
  expect(waitsFor('dist/widget', 'live.js')).toEqual(['panel.js'])
  expect(waitsFor('dist/widget', 'acts.js')).toEqual(['panel.js'])
  expect(waitsFor('dist/sdk', 'parley.js')).toEqual([])
})
