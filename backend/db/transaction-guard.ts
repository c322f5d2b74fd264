import { AsyncLocalStorage } from 'node:async_hooks'

export interface TransactionGuard {
  /** Runs the body of a transaction. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** @throws {Error} inside such a body */
  refuseInside(): void
}

/**
 * Tells a query of the database itself apart from one of the running transaction. On the embedded engine the
 * first waits for ever for the second to end, on a pool it does when the pool is empty; so it fails at once.
 */
export function createTransactionGuard(): TransactionGuard {
  const current = new AsyncLocalStorage<{ open: boolean }>()
  let running = 0
  return {
    run(work) {
      const state = { open: true }
      running++
      return current.run(state, work).finally(() => {
        state.open = false
        // before Node 24 a storage in use costs every promise of the process
        if (--running === 0) current.disable()
      })
    },
    refuseInside() {
      if (current.getStore()?.open) throw new Error('a transaction is open here; use its `tx` instead of the database')
    },
  }
}
