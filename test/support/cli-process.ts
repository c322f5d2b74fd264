import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../backend/cli/main.ts', import.meta.url))

export interface CliAnswer {
  code: number | null
  out: string
  err: string
}

/** Runs `parley-chat` to its end as a process of its own, with nothing in its environment but this. */
export async function parleyChat(args: string[], env: Record<string, string> = {}): Promise<CliAnswer> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const answer: CliAnswer = { code: null, out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (answer.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (answer.err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { ...answer, code }
}
