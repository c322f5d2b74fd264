import type { Db, Queryable } from './client.js'
import { queryError } from './errors.js'
import { startPgliteThread } from './pglite-thread.js'
import { createTransactionGuard } from './transaction-guard.js'

/**
 * The embedded engine on a folder. It has one session: whatever is asked while a transaction runs waits for
 * its end. The caller sees to it that no other process has the folder open.
 */
export async function startPglite(folder: string): Promise<Db> {
  const listeners = new Map<string, Set<(payload: string) => void>>()
  const guard = createTransactionGuard()
  const thread = await startPgliteThread(folder, (channel, payload) =>
    listeners.get(channel)?.forEach((onPayload) => onPayload(payload)),
  )
  let lastTurn: Promise<unknown> = Promise.resolve()

  /** First come, first served; a query's turn is over once it is posted, a transaction's when it has ended. */
  const inTurn = <T>(start: () => T | Promise<T>): Promise<T> => {
    const mine = lastTurn.then(start)
    lastTurn = mine.catch(() => {})
    return mine
  }
  const ask = async (text: string, params: readonly unknown[], asTuples: boolean) => {
    try {
      return await thread.ask({ act: params.length === 0 ? 'script' : 'query', text, params, asTuples })
    } catch (error) {
      throw queryError(error)
    }
  }
  const askInTurn: typeof ask = async (text, params, asTuples) => {
    guard.refuseInside()
    const { answer } = await inTurn(() => ({ answer: ask(text, params, asTuples) }))
    return answer
  }

  async function transact<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const failures: unknown[] = []
    let open = true
    await ask('begin', [], false)
    try {
      const tx = queryable(async (...asked) => {
        if (!open) throw new Error('this transaction has ended')
        return ask(...asked).catch((error) => {
          failures.push(error)
          throw error
        })
      })
      const result = await guard.run(() => work(tx))
      // a failed statement leaves nothing to commit, even when its error was caught
      if (failures.length > 0) throw failures[0]
      await ask('commit', [], false)
      return result
    } catch (error) {
      await ask('rollback', [], false)
      throw error
    } finally {
      open = false
    }
  }

  const all = queryable(askInTurn)
  return {
    engine: 'pglite',
    ...all,
    warm: all,
    async transaction(work) {
      guard.refuseInside()
      return inTurn(() => transact(work))
    },
    async listen(channel, onPayload) {
      guard.refuseInside()
      const known = listeners.get(channel)
      if (known) known.add(onPayload)
      else {
        listeners.set(channel, new Set([onPayload]))
        await inTurn(() => thread.ask({ act: 'listen', channel }))
      }
      return async () => {
        const rest = listeners.get(channel)
        rest?.delete(onPayload)
        if (rest?.size !== 0) return
        listeners.delete(channel)
        await inTurn(() => thread.ask({ act: 'unlisten', channel }))
      }
    },
    close: () => thread.close(),
  }
}

function queryable(
  run: (text: string, params: readonly unknown[], asTuples: boolean) => Promise<unknown[]>,
): Queryable {
  return {
    query: async <R extends object>(text: string, params: readonly unknown[] = []) =>
      (await run(text, params, false)) as R[],
    tuples: async (text, params = []) => (await run(text, params, true)) as unknown[][],
  }
}
