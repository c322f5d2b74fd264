import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../dist/node/backend/main.js', import.meta.url))

export const ADMIN = { email: 'owner@example.com', password: 'correct horse battery' }

export interface ServerProcess {
  url: string
  pid(): number
  /** Everything it printed so far. */
  output(): string
  /** Ends it as a power button would: nothing of it gets to run. */
  kill(): Promise<void>
  /** Asks it to stop, and keeps its data. Resolves with its exit code. */
  drain(): Promise<number | null>
  /** Starts it again on the same port and data. */
  start(): Promise<void>
  /** Asks it to stop, and takes its data away. Resolves with its exit code. */
  stop(): Promise<number | null>
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

/** The built server as a process of its own, on a free port with a fresh data folder. */
export async function serverProcess(env: Record<string, string> = {}): Promise<ServerProcess> {
  const port = Number(env['PORT'] ?? (await freePort()))
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-journey-'))
  const url = `http://localhost:${port}`
  let child: ChildProcess
  let printed = ''

  const start = async () => {
    child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: String(port),
        DATA_DIR: dataDir,
        PARLEY_ADMIN_EMAIL: ADMIN.email,
        PARLEY_ADMIN_PASSWORD: ADMIN.password,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout!.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    child.stderr!.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${printed}`)
      const ready = await fetch(`${url}/health/ready`).catch(() => null)
      if (ready?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const exited = once(child, 'exit') as Promise<[number | null]>
    child.kill(signal)
    return (await exited)[0]
  }

  await start()
  return {
    url,
    pid: () => child.pid!,
    output: () => printed,
    kill: async () => void (await end('SIGKILL')),
    drain: () => end('SIGTERM'),
    start,
    stop: async () => {
      const code = await end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
      return code
    },
  }
}
