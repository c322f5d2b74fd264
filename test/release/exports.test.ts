import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  bin: Record<string, string>
  dependencies: Record<string, string>
  peerDependencies: Record<string, string>
  peerDependenciesMeta: Record<string, { optional: boolean }>
  devDependencies: Record<string, string>
}
/** What a consumer gets from a door, in a process of its own, by the package's own name. */
const namesOf = (door: string) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['-e', `import('${door}').then((m) => console.log(JSON.stringify(Object.keys(m))))`],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ),
  ) as string[]

test.each([
  ['parley-chat', ['ChatError', 'MAX_BODY_CHARS', 'createChat', 'defaultInboxSettings']],
  [
    'parley-chat/agent',
    [
      'ChatError',
      'MAX_BODY_CHARS',
      'MAX_NAME_CHARS',
      'MAX_ORIGINS',
      'agentSignIn',
      'askings',
      'createAgent',
      'defaultInboxSettings',
      'locales',
      'settingLimits',
      'themes',
    ],
  ],
  ['parley-chat/server', ['createIdentityToken']],
  ['parley-chat/react', ['ChatProvider', 'useChat', 'useConnection', 'useConversations']],
  ['parley-chat/widget/react', []],
  ['parley-chat/widget/vue', []],
  ['parley-chat/backend', ['createBackend']],
])('%s opens and gives these names and no others', (door, names) => {
  expect(namesOf(door).sort()).toEqual(names)
})

test.each(['element', 'react', 'vue'])('the build has what TypeScript is told of the element (%s)', (name) => {
  const told = readFileSync(join(root, `dist/node/widget/${name}.d.ts`), 'utf8')
  expect(told).toContain("'parley-chat'")
})

test('the door of React is for clients: a server component that imports it is told so', () => {
  const door = readFileSync(join(root, 'dist/node/sdk/react/index.js'), 'utf8')
  expect(door.startsWith("'use client'")).toBe(true)
})

test('the command is a program of the build that tells what it can do', () => {
  const help = execFileSync(join(root, manifest.bin['parley-chat']!), ['--help'], { encoding: 'utf8' })
  for (const command of ['doctor', 'export', 'import', 'renew-epochs']) expect(help).toContain(command)
})

test('whoever installs the SDK downloads no server and no database', () => {
  expect(Object.keys(manifest.dependencies)).toEqual(['@supabase/supabase-js'])
  for (const [name, version] of Object.entries(manifest.peerDependencies)) {
    expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true })
    // the application's own, and not ours to choose
    if (name === 'react') expect(version).toBe('>=18')
    else expect(manifest.devDependencies[name]).toBe(version)
  }
})

test('what is bundled is named with its licence', () => {
  const text = readFileSync(new URL('../../dist/widget/licenses.txt', import.meta.url), 'utf8')
  for (const name of ['lit-html', '@supabase/realtime-js', 'marked', 'dompurify', 'emoji-mart'])
    expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'))
  expect(text).toContain('Permission is hereby granted')
})
