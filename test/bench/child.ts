import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { heldBytes } from './heap.js'

/** Of `npm start`; the others and the loads have them too, so that collections are as rare everywhere. */
const RARE_COLLECTIONS = ['--max-semi-space-size=64', '--heap-growing-percent=300']

/** What a child is asked and what it answers: the name, then its argument. */
type Asked = { id: number; name: string; argument: unknown }
type Answered = { id: number; value?: unknown; failure?: string }

export interface Child {
  ask<T>(name: string, argument?: unknown): Promise<T>
  stop(): Promise<void>
}

/** Starts a script of this folder as a process of its own; resolves once it can be asked. */
export async function startChild(script: string, environment: Record<string, string> = {}): Promise<Child> {
  const profile = process.env['BENCH_CPU_PROFILE']
  const child: ChildProcess = fork(fileURLToPath(new URL(script, import.meta.url)), {
    execArgv: [
      '--import',
      'tsx',
      ...RARE_COLLECTIONS,
      ...(profile === script ? ['--cpu-prof', `--cpu-prof-dir=${join(tmpdir(), 'parley-profile')}`] : []),
    ],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0
  child.on('message', ({ id, value, failure }: Answered) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (failure === undefined) asked?.resolve(value)
    else asked?.reject(new Error(`${script}: ${failure}`))
  })
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${script} ended with ${code}`))
    waiting.clear()
  })
  const ask = <T>(name: string, argument?: unknown) =>
    new Promise<T>((resolve, reject) => {
      waiting.set(++lastId, { resolve: resolve as (value: unknown) => void, reject })
      child.send({ id: lastId, name, argument } satisfies Asked)
    })
  await new Promise<void>((resolve, reject) => {
    waiting.set(0, { resolve: () => resolve(), reject })
  })
  return {
    ask,
    async stop() {
      if (child.exitCode !== null) return
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}

type Answers = Record<string, (argument: never) => unknown>

/** In the child: answers what is asked until the parent is gone. Every child can tell what it used so far and what it holds. */
export function answerParent(answers: Answers, onEnd: () => Promise<void> | void = () => {}): void {
  const all: Answers = { usage, heldBytes, ...answers }
  process.on('message', ({ id, name, argument }: Asked) => {
    Promise.resolve()
      .then(() => all[name]!(argument as never))
      .then(
        (value) => process.send!({ id, value } satisfies Answered),
        (error: unknown) => process.send!({ id, failure: String((error as Error).stack) } satisfies Answered),
      )
  })
  const end = () => void Promise.resolve(onEnd()).finally(() => process.exit(0))
  if (!process.connected) return end()
  process.once('disconnect', end)
  process.send!({ id: 0 } satisfies Answered)
}

export interface Usage {
  /** Processor time since the start, user and system. */
  cpuMs: number
  memoryBytes: number
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMs: (user + system) / 1_000, memoryBytes: process.memoryUsage.rss() }
}
