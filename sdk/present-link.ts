import { findBrowser } from './browser.js'
import type { ConnectionState } from './connection.js'
import { late } from './late.js'
import { createLink, type Link, type LinkOptions } from './link.js'
import type { PresenceListener } from './presence.js'
import type { RealtimeAddress } from './protocol/session.js'
import type { Cell } from './store.js'

/** A link that also says that someone is here, from the first conversation on that is open or, at a desk, from its start on. */
export function createPresentLink<S extends { realtime: RealtimeAddress }>(
  options: LinkOptions<S> & PresenceListener,
  state: Cell<ConnectionState>,
): Link {
  const link = createLink(options, state)
  const begin = late(async () =>
    (await import('./acts.js')).keepPresence(options, state, options.surroundings.browser ?? findBrowser()),
  )
  return {
    ...link,
    start(signal) {
      if (options.isDesk) begin().catch(() => {})
      return link.start(signal)
    },
    watch(topic) {
      begin().catch(() => {})
      return link.watch(topic)
    },
  }
}
