#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot, packageVersion } from '../package-root.js'
import { type Command, UsageError } from './usage.js'

const stopping = new AbortController()
// what is half done is undone, then the process ends by itself
process.once('SIGINT', () => stopping.abort()).once('SIGTERM', () => stopping.abort())

async function run([name, ...rest]: string[]): Promise<number> {
  const { commands } = (await import('./commands.js')) as { commands: Record<string, Command> }
  if (name === '--version') return print(packageVersion)
  if (name === undefined || name === '--help' || name === 'help') {
    const list = Object.entries(commands).map(([word, { summary }]) => `  ${word.padEnd(14)}${summary}`)
    return print(`parley-chat <command>\n\n${list.join('\n')}\n\n  parley-chat <command> --help tells more.`)
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new UsageError(`Unknown command '${name}'`)
  if (rest.includes('--help')) return print(command.help)
  return command.run(rest, stopping.signal)
}

function print(text: string): number {
  console.log(text)
  return 0
}

/** The server's packages are optional to install, for most who take this package want its SDK only. */
function sayMissing(message: string): string {
  const missing = /package '([^']+)'/.exec(message)?.[1]
  const { peerDependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>
  }
  const all = Object.entries(peerDependencies).map(([peer, version]) => `${peer}@${version}`)
  return `unable to start; ${missing} is not installed: npm install ${all.join(' ')}`
}

function sentenceOf(error: NodeJS.ErrnoException): string {
  if (error instanceof UsageError) return `${error.message}; parley-chat --help lists what there is`
  if (error.code === 'ERR_MODULE_NOT_FOUND') return sayMissing(error.message)
  return stopping.signal.aborted ? 'stopped; nothing was changed' : error.message
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  console.error(sentenceOf(error as NodeJS.ErrnoException))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
