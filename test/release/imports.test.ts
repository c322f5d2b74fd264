import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = ['sdk', 'widget', 'backend', 'migrations', 'examples'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|mjs)$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(room, name)),
)
const importsOf = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target]) => {
    if (!target!.startsWith('.')) return target!
    return relative(root, join(root, dirname(file), target!)).replace(/\.js$/, '.ts')
  })

const SDK_DOORS = ['sdk/index.ts', 'sdk/agent.ts']
/** Of the backend, innermost first; a room that is not here lies outside them all. */
const INNER_ROOMS = [
  'db',
  'http',
  'sessions',
  'inboxes',
  'conversations',
  'messages',
  'ratings',
  'presence',
  'contacts',
  'sync',
]

/** Why an import is against the house's arrows, or null when it may be. */
function offence(from: string, to: string): string | null {
  if (to.startsWith('test/')) return 'nothing imports test'
  if (from.startsWith('sdk/protocol/') && !to.startsWith('sdk/protocol/')) return 'the protocol imports nothing'
  if (from.startsWith('sdk/react/') && !/^(sdk\/react\/|react$)/.test(to) && !SDK_DOORS.includes(to))
    return 'the hooks are built on doors of the sdk'
  if (from.startsWith('sdk/') && to.startsWith('sdk/react/') && !from.startsWith('sdk/react/'))
    return 'the sdk knows no framework'
  if (from.startsWith('sdk/') && !from.startsWith('sdk/react/') && !/^(sdk\/|@supabase\/supabase-js$)/.test(to))
    return 'the sdk knows only itself and realtime'
  if (from.startsWith('widget/') && to.startsWith('sdk/') && !SDK_DOORS.includes(to))
    return 'the widget uses doors of the sdk'
  if (from.startsWith('widget/') && /^(backend|migrations|examples)\//.test(to)) return 'the widget speaks to the sdk'
  if (/^examples\/(react|vue|svelte|angular|plain)\//.test(from) && /^(sdk|widget|backend|migrations)\//.test(to))
    return 'an example has what a package gives'
  if (from.startsWith('examples/console/') && /^(sdk|widget|backend|migrations)\//.test(to) && to !== 'sdk/agent.ts')
    return 'the console is built on the agent door alone'
  if (from.startsWith('backend/') && to.startsWith('sdk/') && !to.startsWith('sdk/protocol/'))
    return 'the backend shares the protocol only'
  if (from.startsWith('backend/') && /^(widget|examples)\//.test(to)) return 'the backend serves built files'
  const [fromRoom, toRoom] = [from, to].map((path) => /^backend\/([\w-]+)\//.exec(path)?.[1] ?? '')
  const reached = INNER_ROOMS.slice(0, INNER_ROOMS.indexOf(fromRoom!) + 1)
  if (reached.length && toRoom && !reached.includes(toRoom)) return 'an inner room never imports an outer one'
  return null
}

test('every import follows the arrows of the house', () => {
  const offences = files.flatMap((from) =>
    importsOf(from).flatMap((to) => {
      const why = offence(from, to)
      return why ? [`${from} -> ${to}: ${why}`] : []
    }),
  )
  expect(offences).toEqual([])
})

test('no file imports itself by way of others', () => {
  const done = new Set<string>()
  const loops: string[] = []
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) return void loops.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (done.has(file)) return
    for (const next of importsOf(file).filter((target) => files.includes(target))) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(loops).toEqual([])
})

test('no room is a bag', () => {
  const bags = files.filter((file) =>
    /(^|\/)(utils?|helpers?|common|misc|types|interfaces|service|manager)(\.|\/)/.test(file),
  )
  expect(bags).toEqual([])
})
