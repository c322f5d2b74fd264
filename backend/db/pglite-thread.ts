import { Worker } from 'node:worker_threads'
import { ChatError } from '../../sdk/protocol/errors.js'

type WorkerRequest =
  | { act: 'query' | 'script'; text: string; params: readonly unknown[]; asTuples: boolean }
  | { act: 'listen' | 'unlisten'; channel: string }
  | { act: 'close' }
type WorkerAnswer =
  { id: number; rows: unknown[] } | { id: number; failure: { message: string } } | { channel: string; payload: string }

/** The worker's script beside this file: as written in the sources, as `.js` in the build. */
export const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './pglite-worker.mjs' : './pglite-worker.js',
  import.meta.url,
)

export interface PgliteThread {
  /** Requests are performed one after the other, in the order of these calls. */
  ask(request: WorkerRequest): Promise<unknown[]>
  close(): Promise<void>
}

/** Resolves once the engine has opened `folder`. */
export async function startPgliteThread(
  folder: string,
  onNotification: (channel: string, payload: string) => void,
): Promise<PgliteThread> {
  const worker = new Worker(WORKER_URL, { workerData: { folder }, execArgv: [] })
  const waiting = new Map<number, { resolve: (rows: unknown[]) => void; reject: (error: unknown) => void }>()
  let lastId = 0
  let ended = false

  const end = (cause?: unknown) => {
    ended = true
    for (const { reject } of waiting.values()) reject(gone(cause))
    waiting.clear()
  }
  const answerTo = (id: number) => new Promise<unknown[]>((resolve, reject) => waiting.set(id, { resolve, reject }))

  worker.on('message', (answer: WorkerAnswer) => {
    if ('channel' in answer) return onNotification(answer.channel, answer.payload)
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('failure' in answer) asked?.reject(Object.assign(new Error(answer.failure.message), answer.failure))
    else asked?.resolve(answer.rows)
  })
  worker.on('error', end)
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  void exited.then(() => end())
  await answerTo(0)

  const ask = (request: WorkerRequest) => {
    if (ended) return Promise.reject(gone())
    const answer = answerTo(++lastId)
    worker.postMessage({ id: lastId, ...request })
    return answer
  }
  return {
    ask,
    async close() {
      if (!ended) await ask({ act: 'close' })
      await exited
    },
  }
}

function gone(cause?: unknown): ChatError {
  return new ChatError('unavailable', 'unable to use the embedded database; it has stopped', { cause })
}
