import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { customElements, stylable } from './custom-elements.js'

interface Named {
  name: string
  description?: string
}
interface Manifest {
  modules: {
    declarations: {
      attributes: Named[]
      members: Named[]
      events: Named[]
      cssParts: Named[]
      cssProperties: Named[]
    }[]
  }[]
}
const room = new URL('../../widget/', import.meta.url)
const { attributes, members, events, cssParts, cssProperties } = (customElements() as Manifest).modules[0]!
  .declarations[0]!
const names = (list: Named[]) => list.map(({ name }) => name).sort()

test('custom-elements.json says what the code does; else run `npm run manifest`', () => {
  const written = readFileSync(new URL('../../custom-elements.json', import.meta.url), 'utf8')
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(customElements())))
})

test('every custom property of the style sheets is promised, and no other', () => {
  expect(names(cssProperties)).toEqual([...stylable().keys()].sort())
})

test('every part is promised, and no other', () => {
  const code = readdirSync(room, { encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, room), 'utf8'))
    .join('')
  const parts = [...code.matchAll(/\bpart(?:: '|=")([a-z-]+)['"]/g)].map(([, name]) => name)
  expect(names(cssParts)).toEqual([...new Set(parts)].sort())
})

test('attributes, methods and events are there and described', () => {
  expect(names(attributes)).toEqual([
    'color',
    'inbox',
    'label',
    'locale',
    'mode',
    'open',
    'position',
    'server',
    'theme',
  ])
  expect(names(members)).toEqual(
    expect.arrayContaining(['open', 'close', 'identify', 'logout', 'on', 'off', 'setPage', 'shutdown']),
  )
  expect(names(events)).toContain('parley-error')
  for (const { name, description } of [...attributes, ...events, ...cssParts, ...cssProperties])
    expect(description, name).toBeTruthy()
})
