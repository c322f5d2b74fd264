import type { ConnectionState } from './connection.js'
import type { Surroundings } from './defaults.js'
import type { Store } from './store.js'

/** Calls back at each sign that the server can be reached again, until `signal` aborts. */
export function whenBack(
  connection: Store<ConnectionState>,
  { onWake }: Pick<Surroundings, 'onWake'>,
  signal: AbortSignal,
  back: () => void,
): void {
  // its code may have come too late
  if (signal.aborted) return
  let health = 0
  connection.subscribe(() => {
    const before = health
    health = healthOf(connection.getSnapshot())
    if (health > before) back()
  })
  signal.addEventListener('abort', onWake(back))
}

const healthOf = ({ phase, transport, lastError }: ConnectionState): number =>
  lastError || phase === 'offline' ? 0 : phase !== 'catching-up' && transport ? 2 : 1
