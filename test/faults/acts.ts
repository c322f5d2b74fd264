import type { ChildProcess } from 'node:child_process'

/** Functions that another process may call: their arguments and results travel as JSON. */
type Acts = Record<string, (...args: never[]) => unknown>

type Called<A extends Acts> = {
  [K in keyof A]: (...args: Parameters<A[K]>) => Promise<Awaited<ReturnType<A[K]>>>
}
interface Call {
  id: number
  act: string
  args: never[]
}
interface Reply {
  id: number
  result?: unknown
  error?: string
}

/** Lets the process that started this one call these, and ends with it. */
export function offer(acts: Acts): void {
  process.on('disconnect', () => process.exit())
  process.on('message', ({ id, act, args }: Call) => {
    const done = (reply: Omit<Reply, 'id'>) => process.send!({ id, ...reply })
    Promise.resolve()
      .then(() => acts[act]!(...args))
      .then(
        (result) => done({ result }),
        (error: unknown) => done({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      )
  })
}

/** The acts that a child offers. A child that ends rejects what was asked of it. */
export function actsOf<A extends Acts>(child: ChildProcess): Called<A> {
  const waiting = new Map<number, (reply: Reply) => void>()
  let calls = 0
  child.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply))
  child.on('exit', (code) => waiting.forEach((settle, id) => settle({ id, error: `the worker ended with ${code}` })))
  const call = (act: string, args: never[]) =>
    new Promise((resolve, reject) => {
      const id = ++calls
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id)
        if (error === undefined) resolve(result)
        else reject(new Error(error))
      })
      child.send({ id, act, args })
    })
  return new Proxy({} as Called<A>, {
    get:
      (_, act: string) =>
      (...args: never[]) =>
        call(act, args),
  })
}
