import {
  getCurrentAuthContextAsyncLocalStorage,
  getCurrentDBAdapterAsyncLocalStorage,
  getRequestStateAsyncLocalStorage,
} from '@better-auth/core/context'

let running = 0

/**
 * Calls the sign-in library, and lays its storages aside once nobody is in it: before Node 24 a storage that was used
 * costs every promise of the process from then on, a tenth of what a message takes of the server.
 */
export async function inLibrary<T>(work: () => Promise<T>): Promise<T> {
  running++
  try {
    return await work()
  } finally {
    const storages = await Promise.all([
      getCurrentAuthContextAsyncLocalStorage(),
      getCurrentDBAdapterAsyncLocalStorage(),
      getRequestStateAsyncLocalStorage(),
    ])
    if (--running === 0) for (const storage of storages) storage.disable()
  }
}
