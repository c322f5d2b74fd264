import type { Db } from '../../backend/db/client.js'

/** A database whose notifications do not reach the server for a while, as when a replication slot is gone. */
export function withHearing(db: Db) {
  const tellers = new Set<(listening: boolean) => void>()
  let isLost = false
  const tell = (listening: boolean) => {
    isLost = !listening
    for (const teller of tellers) teller(listening)
  }
  return {
    db: {
      ...db,
      listen: (channel, onPayload, onListening = () => {}) => {
        tellers.add(onListening)
        return db.listen(channel, (payload) => void (isLost || onPayload(payload)), onListening)
      },
    } satisfies Db,
    lose: () => tell(false),
    find: () => tell(true),
  }
}
